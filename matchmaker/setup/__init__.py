"""Editing what an event is made of, shown before it is done, and undone."""
