"""The fact type ``agreement``: record and rules."""
