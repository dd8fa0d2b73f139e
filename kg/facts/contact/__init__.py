"""The fact type ``contact``: record and rules."""
