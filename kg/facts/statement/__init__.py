"""The fact type ``statement``: record and rules."""
