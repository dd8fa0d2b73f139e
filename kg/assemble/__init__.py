"""One event once: merging across articles, derived shortcuts, audit."""
