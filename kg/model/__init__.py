"""Immutable values of the field; standard library only."""
