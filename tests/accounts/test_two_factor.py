"""The second factor: what it takes, once, and what becomes of it."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.accounts.models_two_factor import RecoveryCode, SecondFactor
from matchmaker.accounts.queries_two_factor import count_codes_left, factor_of
from matchmaker.accounts.services_two_factor import (
    MOST_FAILURES,
    check_code,
    drop_app,
    offer_app,
    offered_secret,
    renew_codes,
    reset_two_factor,
    turn_on_app,
)
from matchmaker.clock import stopped_at
from matchmaker.errors import Invalid
from matchmaker.extensions import db
from tests.accounts.apps import SECRET, code, with_app
from tests.accounts.mailed import mails_to
from tests.factories.events import make_user

NOON = datetime(2027, 4, 1, 12, 0, 10, tzinfo=UTC)
HALF_MINUTE = timedelta(seconds=30)

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]


def test_a_code_is_taken_once_and_none_older_than_it(app: Flask) -> None:
    user = make_user()
    with stopped_at(NOON):
        with_app(user)
        assert not check_code(user, code()), "it was used to turn the app on"
    with stopped_at(NOON + 2 * HALF_MINUTE):
        shown, typed = code(), f"{code()[:3]} {code()[3:]}"
        assert check_code(user, typed)
        assert not check_code(user, shown)
        assert not check_code(user, code(later=-1)), "an app that is slow shows what was passed"
    with stopped_at(NOON + 3 * HALF_MINUTE):
        assert check_code(user, code(later=1)), "its clock may be half a minute ahead"
    with stopped_at(NOON + 60 * HALF_MINUTE):
        assert not check_code(user, code(later=2))
        assert not check_code(user, code(later=-2))


def test_a_wrong_code_turns_nothing_on(app: Flask) -> None:
    user = make_user()

    with pytest.raises(Invalid, match="does not fit"):
        turn_on_app(user, SECRET, "000000" if code() != "000000" else "111111")

    assert factor_of(user) is None


def test_the_secret_is_kept_sealed_and_recovery_codes_as_hashes(app: Flask) -> None:
    user = make_user()
    codes = with_app(user)

    kept = db.session.scalars(select(SecondFactor)).one().app_secret
    hashes = set(db.session.scalars(select(RecoveryCode.code_hash)))

    assert SECRET not in kept
    assert len(set(codes)) == len(hashes) == 10
    assert all(len(one) == 64 for one in hashes)
    assert {len(one.replace("-", "")) for one in codes} == {16}


def test_a_recovery_code_works_once_and_new_ones_end_the_old(app: Flask) -> None:
    user, other = make_user(), make_user()
    codes = with_app(user)
    with_app(other)

    assert not check_code(other, codes[0])
    assert check_code(user, codes[0].upper())
    assert not check_code(user, codes[0])
    assert count_codes_left(user) == 9
    fresh = renew_codes(user)
    assert not check_code(user, codes[1])
    assert check_code(user, f" {fresh[0].replace('-', ' ')} ")


def test_after_ten_wrong_codes_no_code_is_taken_for_an_hour(app: Flask) -> None:
    user = make_user()
    with stopped_at(NOON):
        codes = with_app(user)
        assert not any(check_code(user, "abc") for _try in range(MOST_FAILURES))
    with stopped_at(NOON + timedelta(minutes=59)):
        assert not check_code(user, code())
        assert not check_code(user, codes[0])
    with stopped_at(NOON + timedelta(minutes=61)):
        assert check_code(user, code())


def test_one_code_sent_many_times_at_once_is_taken_once(app: Flask) -> None:
    user = make_user()
    codes = with_app(user)
    user_id = user.id
    db.session.rollback()

    def send(_try: int) -> bool:
        with app.app_context():
            fits = check_code(db.session.get_one(User, user_id), codes[0])
            db.session.commit()
            db.session.remove()
            return fits

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda n: Context().run(send, n), range(4)))

    assert sorted(answers) == [False, False, False, True]


def test_an_offer_is_for_who_got_it(app: Flask) -> None:
    user, other = make_user(), make_user()
    offer = offer_app(user)

    assert len(offered_secret(user, offer) or "") == 32
    assert offered_secret(other, offer) is None
    assert offered_secret(user, f"{offer[:-4]}AAAA") is None


def test_the_first_factor_ends_other_sessions_and_each_change_is_mailed_and_logged(
    app: Flask,
) -> None:
    user = make_user(email="aino@niskala.example")
    before = user.session_number
    with_app(user)
    assert user.session_number == before + 1

    drop_app(user)

    assert factor_of(user) is None
    assert count_codes_left(user) == 0
    told = [" ".join(mail.text.split()) for mail in mails_to(user.email)]
    assert ["was changed" in text for text in told] == [True, False]
    assert ["was turned off" in text for text in told] == [False, True]


def test_the_console_takes_all_of_it_away(app: Flask) -> None:
    user, other = make_user(), make_user()
    codes = with_app(user)
    with_app(other)
    number = user.session_number

    reset_two_factor(user)
    db.session.commit()

    assert (factor_of(user), count_codes_left(user)) == (None, 0)
    assert factor_of(other) is not None
    assert user.session_number == number + 1
    assert not check_code(user, codes[0])
