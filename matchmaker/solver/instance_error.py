"""The refusal of a file that cannot be read as an instance."""


class InstanceError(ValueError):
    """Says in a sentence what is wrong with the file."""
