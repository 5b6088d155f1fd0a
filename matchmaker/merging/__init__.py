"""Two registrations of one person: finding them, and joining them into one."""
