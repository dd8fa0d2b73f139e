"""The fact type ``tenure``: record and rules."""
