"""What can be listed: the world of ``seeds/`` and how its names are found in text."""
