"""What sources told, remembered: a build reads only what is new, and one that was broken off goes on where it was."""
