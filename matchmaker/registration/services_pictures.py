"""A participant's own picture: set, taken away, and shown to those who may see it."""

from collections.abc import Collection

from sqlalchemy import select

from matchmaker.extensions import db
from matchmaker.organisations.models import Logo
from matchmaker.pictures import Picture, make_picture
from matchmaker.registration.audience import Field, Viewer, may_see, viewer_for
from matchmaker.registration.models import Participant
from matchmaker.registration.models_profile import Portrait
from matchmaker.registration.queries import may_describe
from matchmaker.registration.visibility import visible_to


def set_picture(me: Participant, content: bytes) -> None:
    put_picture(me, make_picture(content))


def put_picture(me: Participant, made: Picture) -> None:
    db.session.merge(Portrait(participant_id=me.id, large=made.large, small=made.small))
    me.picture = made.print
    db.session.flush()


def remove_picture(me: Participant) -> None:
    portrait = db.session.get(Portrait, me.id)
    if portrait is not None:
        db.session.delete(portrait)
    me.picture = ""
    db.session.flush()


def may_set_logo(me: Participant) -> bool:
    """Whether the logo is this person's to change: theirs, or there is none yet and they are in."""
    organisation = me.organisation
    if organisation is None:
        return False
    if may_describe(me):
        return True
    logo = db.session.get(Logo, organisation.id)
    return me.is_approved and (logo is None or logo.user_id == me.user_id)


def pictures_of(me: Participant, ids: Collection[int]) -> dict[int, str]:
    """The prints of the pictures that `me` may see of these people, by their ids; two queries."""
    people = select(Participant).where(Participant.id.in_(ids), Participant.picture != "")
    shown = list(db.session.scalars(people.where(visible_to(me))))
    viewer = viewer_for(me) if shown else Viewer()
    return {person.id: person.picture for person in shown if may_see(Field.PICTURE, person, viewer)}


def may_see_picture(me: Participant, person: Participant) -> bool:
    """Whether `me` may see this person's picture; their own they always may."""
    return person.user_id == me.user_id or (
        me.is_approved and person.id in pictures_of(me, [person.id])
    )
