"""Must, want, no; and requests with their answers."""
