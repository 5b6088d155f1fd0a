"""Reads a number and writes it back one higher, many times: run as a process of its own."""

import sys

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from matchmaker.accounts.models import User


def count(url: str, times: int) -> None:
    engine = create_engine(url)
    for _ in range(times):
        with Session(engine) as session, session.begin():
            user = session.get_one(User, 1)
            user.failed_passwords = user.failed_passwords + 1


if __name__ == "__main__":
    count(sys.argv[1], int(sys.argv[2]))
