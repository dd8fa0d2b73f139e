"""One module per fact type: its record and its rules; no fact type imports another."""
