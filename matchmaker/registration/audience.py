"""Who may see which field of a participant: chosen by the person, with sensible defaults."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask import current_app
from sqlalchemy import ColumnElement, func

from matchmaker.registration.models import Participant


class Field(StrEnum):
    """What has an audience of its own. `NAME` stands for name, organisation, type and country."""

    NAME = "name"
    JOB_TITLE = "job_title"
    PICTURE = "picture"
    ABOUT = "about"
    LINK = "link"
    LANGUAGES = "languages"
    ITEMS = "items"
    EMAIL = "email"
    PHONE = "phone"


class Audience(StrEnum):
    """Each sees what the ones before it see; organisers see everything."""

    PUBLIC = "public"
    PARTICIPANTS = "participants"
    MET = "met"
    ORGANISERS = "organisers"


RANKS = {audience: rank for rank, audience in enumerate(Audience)}
DEFAULTS = {
    Field.NAME: Audience.PARTICIPANTS,
    Field.JOB_TITLE: Audience.PARTICIPANTS,
    Field.PICTURE: Audience.PARTICIPANTS,
    Field.ABOUT: Audience.PARTICIPANTS,
    Field.LINK: Audience.PARTICIPANTS,
    Field.LANGUAGES: Audience.PARTICIPANTS,
    Field.ITEMS: Audience.PARTICIPANTS,
    Field.EMAIL: Audience.MET,
    Field.PHONE: Audience.MET,
}
# Whether others see one's name at all is the consent to be shown, so it cannot be narrower; and
# pictures, offers and needs stand on no page that everybody may read.
CHOICES = {field: tuple(Audience) for field in Field} | {
    Field.NAME: (Audience.PUBLIC, Audience.PARTICIPANTS),
    Field.PICTURE: tuple(Audience)[1:],
    Field.ITEMS: tuple(Audience)[1:],
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: anybody at all, a participant with those they meet, or an organiser."""

    event_id: int | None = None
    user_id: int | None = None
    met: frozenset[int] = frozenset()
    organises: bool = False


ANYBODY = Viewer()


@dataclass(frozen=True, slots=True)
class Contact:
    """What a viewer may know of a person; what is kept from them is empty."""

    name: str
    job_title: str = ""
    about: str = ""
    about_language: str = ""
    link: str = ""
    email: str = ""
    phone: str = ""


def viewer_for(me: Participant) -> Viewer:
    """Look as `me`, who sees more of the people they meet; one query."""
    met = current_app.extensions["matchmaker.met_by"](me)
    return Viewer(event_id=me.event_id, user_id=me.user_id, met=frozenset(met))


def organiser_of(event_id: int) -> Viewer:
    return Viewer(event_id=event_id, organises=True)


def audience_of(audiences: Mapping[str, str], field: Field) -> Audience:
    """Who may see the field, by a participant's own `audiences`."""
    chosen = audiences.get(field)
    known = chosen in tuple(CHOICES[field])
    return Audience(chosen) if chosen is not None and known else DEFAULTS[field]


def for_participants(audiences: Mapping[str, str], field: Field) -> bool:
    """Whether every participant may see it, so that lists, searches and reasons may use it."""
    return RANKS[audience_of(audiences, field)] <= RANKS[Audience.PARTICIPANTS]


def shows_items() -> ColumnElement[bool]:
    """The same of offers and needs, for a query that has the participant."""
    chosen = Participant.audiences[str(Field.ITEMS)].as_string()
    kept_back = (str(Audience.MET), str(Audience.ORGANISERS))
    return func.coalesce(chosen, "").not_in(kept_back)


def in_public() -> ColumnElement[bool]:
    """Whoever wants everybody to read that they are coming, for a query of the listed."""
    chosen: ColumnElement[str] = Participant.audiences[str(Field.NAME)].as_string()
    return chosen == str(Audience.PUBLIC)


def may_see(field: Field, person: Participant, viewer: Viewer) -> bool:
    """Whether the viewer may see the field; being shown at all is asked elsewhere."""
    return _reach(person, viewer) >= RANKS[audience_of(person.audiences, field)]


def visible(person: Participant, viewer: Viewer) -> frozenset[Field]:
    """All the fields of the person that the viewer may see."""
    reach = _reach(person, viewer)
    return frozenset(
        field for field in Field if reach >= RANKS[audience_of(person.audiences, field)]
    )


def contact_of(person: Participant, viewer: Viewer, locale: str = "") -> Contact:
    """The person's own words and addresses, as far as the viewer may see them."""
    seen, about = visible(person, viewer), person.about_in(locale)
    given = {
        Field.JOB_TITLE: person.job_title,
        Field.ABOUT: about.text,
        Field.LINK: person.link,
        Field.EMAIL: person.user.email if Field.EMAIL in seen else "",
        Field.PHONE: person.phone,
    }
    language = about.language if Field.ABOUT in seen else ""
    shown = {str(field): given[field] for field in given if field in seen}
    return Contact(person.name, about_language=language, **shown)


def _reach(person: Participant, viewer: Viewer) -> int:
    """The narrowest audience of the person's that the viewer belongs to, as its rank."""
    if viewer.user_id == person.user_id:
        return RANKS[Audience.ORGANISERS]
    if viewer.event_id != person.event_id:
        return RANKS[Audience.PUBLIC]
    if viewer.organises:
        return RANKS[Audience.ORGANISERS]
    return RANKS[Audience.MET if person.id in viewer.met else Audience.PARTICIPANTS]
