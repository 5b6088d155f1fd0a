"""The outbox: mails are rows written with the change they tell of, and sent afterwards."""
