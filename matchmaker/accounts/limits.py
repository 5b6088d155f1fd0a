"""How often one network address may try; one hotel's Wi-Fi is one address to us.

What protects a single account is counted in the database, wherever the tries come from.
"""

LINK_LIMITS = "20 per minute; 300 per hour"
PASSWORD_LIMITS = "10 per minute; 100 per hour"  # noqa: S105 - a rate
