"""At the event and after it: what became of meetings, notes and ratings, outcomes over a year."""
