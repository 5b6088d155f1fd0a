"""What is published: versions of the agenda, meetings, the personal timeline, calendars."""
