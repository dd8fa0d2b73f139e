"""The fact type ``summit``: record and rules."""
