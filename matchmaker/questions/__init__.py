"""The organiser's own questions, and what participants answer."""
