"""Matchmaker: people say what they offer and need; an optimiser makes their meeting agendas."""
