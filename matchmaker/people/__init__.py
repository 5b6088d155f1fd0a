"""Whom a participant may meet: the list, the filters, and the reasons."""
