"""How large an organisation is, as Commission Recommendation 2003/361/EC counts people. Pure."""

FEWEST = {"micro": 0, "small": 10, "medium": 50, "large": 250}
SIZES = tuple(FEWEST)


def size_of(people: int) -> str:
    """The size where so many people work."""
    return next(size for size in reversed(SIZES) if people >= FEWEST[size])
