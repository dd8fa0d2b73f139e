"""Facts read against facts expected: precision, recall, F1 by kind; how they are read is left to the caller."""
