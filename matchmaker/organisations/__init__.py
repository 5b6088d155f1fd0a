"""Clusters, public authorities, companies and the rest: organisations live across events."""
