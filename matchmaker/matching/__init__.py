"""What a meeting is worth, and the runs that turn wishes into agendas."""
