"""Passwords: argon2id hashes, and which passwords are too easy to guess."""

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

SHORTEST = 10
LONGEST = 200
_WORDS = """
    0123456789 0987654321 1029384756 1111111111 123123123123 1234512345 1234554321 123456789a
    1234567890 12345678910 123456789012 1234567891 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 9876543210
    abcdefghij abcdefghijkl administrator basketball changeme123 computer123 football123 iloveyou12
    iloveyou123 iloveyou1234 letmein123 liverpool1 matchmaker matchmaker1 matchmaker123 password01
    password10 password11 password12 password123 password1234 password12345 passwordpassword
    princess123 q1w2e3r4t5 q1w2e3r4t5y6 qazwsxedcrfv qwerty1234 qwerty12345 qwerty123456 qwertyuiop
    qwertyuiop123 salasana12 salasana123 sunshine123 superman123 volkswagen welcome123 welcome1234
    zaq12wsxcde3 zxcvbnm123 zxcvbnmasd
"""
COMMONEST = frozenset(_WORDS.split())
NOBODYS_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$mMnQp9GaM8fORQMaiqhVpQ"
    "$ydlH3+TpODZEQh5ZdRJZ8rnYkNhvAewQuhl3nbSUpLw"
)

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def password_fits(password: str, kept_hash: str | None) -> bool:
    """Whether it is the hashed password; takes as long where there is none to compare with."""
    try:
        _hasher.verify(kept_hash or NOBODYS_HASH, password)
    except VerifyMismatchError:
        return False
    return kept_hash is not None


def easily_guessed(password: str, address: str) -> bool:
    """Whether it is among the first that anybody would try."""
    plain = password.casefold()
    return plain in COMMONEST or len(set(plain)) < 4 or plain == address.casefold()
