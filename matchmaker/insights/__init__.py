"""Figures for the organiser: people, wishes, capacity."""
