"""Pictures and logos of a folder: found by the names that its files give, and made small anew."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.errors import Invalid
from matchmaker.events.models import Event
from matchmaker.events.models_look import EventLogo
from matchmaker.events.plain import PlainSettings
from matchmaker.exchange.problems import NotRight, Place, Problems, shown
from matchmaker.extensions import db
from matchmaker.organisations.plain import PlainPicture
from matchmaker.pictures import LARGEST_FILE, Picture, make_picture, print_of
from matchmaker.registration.models import Participant
from matchmaker.registration.models_profile import Portrait
from matchmaker.registration.plain import PlainProfile
from matchmaker.registration.services_pictures import put_picture


class Named(NamedTuple):
    """A picture and the file that names it; a logo is shown `whole`."""

    picture: str
    file: str
    whole: bool
    place: Place = Place("")

    def within(self, text: str) -> "Named":
        """With the place at which the text of the file names it."""
        at = text.find(msgspec.json.encode(self.picture).decode())
        before = text[: max(0, at)]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return self._replace(place=Place(self.file, line, column))


def read_pictures(
    folder: Path, named: Sequence[Named], problems: Problems
) -> tuple[PlainPicture, ...]:
    """Those that are named and can be taken, by the rules of pictures that people send."""
    pictures: dict[str, PlainPicture] = {}
    for each in named:
        with problems.at(each.place):
            if each.picture in pictures:
                wrong = _("the picture %(file)s is named twice", file=shown(each.picture))
                raise NotRight(wrong, _("give each its own file"))
            pictures[each.picture] = _taken(folder, each)
    return tuple(pictures.values())


def portraits_in(event: Event, profiles: Sequence[PlainProfile]) -> Iterator[PlainPicture]:
    files = {profile.person: profile.picture for profile in profiles if profile.picture}
    rows = db.session.execute(
        select(Participant.ref, Portrait.large, Portrait.small)
        .join(Portrait, Portrait.participant_id == Participant.id)
        .where(Participant.event_id == event.id)
        .order_by(Participant.id)
    )
    for ref, large, small in rows:
        if ref in files:
            yield PlainPicture(files[ref], large, small)


def event_logo_in(event: Event, file: str) -> Iterator[PlainPicture]:
    logo = db.session.get(EventLogo, event.id) if file else None
    if logo is not None:
        yield PlainPicture(file, logo.large, logo.small)


def made_of(pictures: Sequence[PlainPicture]) -> dict[str, Picture]:
    """By their files."""
    return {each.file: Picture(each.large, each.small, print_of(each.large)) for each in pictures}


def enter_portraits(
    profiles: Sequence[PlainProfile],
    pictures: Mapping[str, Picture],
    participants: Mapping[str, Participant],
) -> None:
    for profile in profiles:
        if profile.picture:
            put_picture(participants[profile.person], pictures[profile.picture])


def enter_event_logo(
    event: Event, settings: PlainSettings | None, pictures: Mapping[str, Picture]
) -> None:
    if settings is None or not settings.logo:
        return
    made = pictures[settings.logo]
    db.session.merge(EventLogo(event_id=event.id, large=made.large, small=made.small))
    event.logo = made.print
    db.session.flush()


def _taken(folder: Path, named: Named) -> PlainPicture:
    try:
        with (folder / named.picture).open("rb") as file:
            made = make_picture(file.read(LARGEST_FILE + 1), whole=named.whole)
    except OSError as error:
        wrong = _("there is no file %(file)s", file=shown(named.picture))
        raise NotRight(wrong, _("put it into the folder, or take its name out here")) from error
    except Invalid as refusal:
        why = refusal.sentence.rstrip(".")
        wrong = _("%(file)s cannot be taken (%(why)s)", file=shown(named.picture), why=why)
        raise NotRight(wrong, _("replace it, or take its name out here")) from refusal
    return PlainPicture(named.picture, made.large, made.small)
