"""Facts to quads, one hand-written mapper per fact type; sees no text."""
