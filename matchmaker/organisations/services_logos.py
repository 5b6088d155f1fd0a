"""Putting up an organisation's logo, and taking it down."""

from matchmaker.accounts.models import User
from matchmaker.extensions import db
from matchmaker.organisations.models import Logo, Organisation
from matchmaker.pictures import Picture, make_picture


def set_logo(organisation: Organisation, user: User, content: bytes) -> None:
    """The caller has checked that this person may."""
    put_logo(organisation, user, make_picture(content, whole=True))


def put_logo(organisation: Organisation, user: User, made: Picture) -> None:
    db.session.merge(
        Logo(organisation_id=organisation.id, user_id=user.id, large=made.large, small=made.small)
    )
    organisation.logo = made.print
    db.session.flush()


def remove_logo(organisation: Organisation) -> None:
    logo = db.session.get(Logo, organisation.id)
    if logo is not None:
        db.session.delete(logo)
    organisation.logo = ""
    db.session.flush()
