"""Where graphs rest: generations on disk, opening them from Python, and exports that are the same bytes each time."""
