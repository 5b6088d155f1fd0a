"""Business refusals: each carries a sentence fit for the user. No Flask here.

Refusal
├── Gone        what was asked for has expired or was used
├── NotAllowed  the phase or the rules of the event do not permit it
├── Conflict    somebody else changed the same thing first
└── Invalid     what was given cannot be right; `field` says where
"""


class Refusal(Exception):
    """Something the product will not do; `sentence` says what, why, and what to do next."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Gone(Refusal):
    pass


class NotAllowed(Refusal):
    pass


class Conflict(Refusal):
    pass


class Invalid(Refusal):
    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field
