"""Text to typed mentions and events; knows no RDF and no files."""
