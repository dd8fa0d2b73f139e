"""Where queries run: worker processes that may be killed, guarded and limited; knows nothing of the web."""
