"""The refusal of a file that cannot be read as an instance, or whose rules leave no schedule."""


class InstanceError(ValueError):
    """Says in a sentence what is wrong with the file."""


class NoScheduleError(Exception):
    """A few rules, in words, that contradict each other."""

    def __init__(self, rules: tuple[str, ...]) -> None:
        self.rules = rules
        super().__init__("; ".join(rules))
