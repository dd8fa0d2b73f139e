"""The fact type ``anniversary``: record and rules."""
