"""Who did what, when. Any service may record; it imports no feature."""
