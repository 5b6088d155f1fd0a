"""`organisations.json`: what is known of the organisations of people, and their logos."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, fields

import msgspec
from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.exchange import geography
from matchmaker.exchange.entering import Homes
from matchmaker.exchange.json_files import read_json, write_json
from matchmaker.exchange.problems import NotRight, Place, Problems, shown
from matchmaker.extensions import db
from matchmaker.matching.snapshot import Person
from matchmaker.organisations.models import Logo, Organisation
from matchmaker.organisations.names import fold_name
from matchmaker.organisations.plain import PlainOrganisation, PlainPicture
from matchmaker.organisations.services import find_or_create_organisation
from matchmaker.organisations.services_logos import put_logo
from matchmaker.pictures import Picture
from matchmaker.registration.models import Participant

FILE = "organisations.json"
COLUMNS = tuple(each.name for each in fields(PlainOrganisation) if each.name != "logo")


def read_organisations(
    text: str, people: Collection[Person] | None, problems: Problems
) -> tuple[PlainOrganisation, ...]:
    """The organisations, or none and what is wrong; who comes for them if people could be read."""
    given = read_json(FILE, text, tuple[PlainOrganisation, ...], problems) or ()
    named = None if people is None else {fold_name(person.organisation) for person in people}
    seen: set[tuple[str, str]] = set()
    for each in given:
        for wrong, right in _wrong(each, named, seen):
            problems.add(Place(FILE), wrong, right)
    return given


def write_organisations(organisations: Sequence[PlainOrganisation]) -> bytes:
    return write_json(organisations)


def homes_of(event: Event, people: Sequence[Person]) -> list[Organisation]:
    """The organisations of these people, in the order of their names."""
    refs = {person.id for person in people}
    rows = db.session.execute(
        select(Participant.ref, Organisation)
        .join(Organisation, Organisation.id == Participant.organisation_id)
        .where(Participant.event_id == event.id)
        .order_by(Organisation.name_key, Organisation.country)
    )
    return list(dict.fromkeys(home for ref, home in rows if ref in refs))


def organisations_in(homes: Sequence[Organisation]) -> tuple[PlainOrganisation, ...]:
    """Those of which something is said, and all of a name that several bear."""
    bearers = Counter(home.name_key for home in homes)
    said = (
        {name: getattr(home, name) for name in COLUMNS} | {"logo": _logo_file(number, home)}
        for number, home in enumerate(homes, start=1)
    )
    plain = (msgspec.convert(each, PlainOrganisation) for each in said)
    return tuple(
        each
        for home, each in zip(homes, plain, strict=True)
        if each.says_something or bearers[home.name_key] > 1
    )


def logos_in(event: Event, homes: Sequence[Organisation]) -> Iterator[PlainPicture]:
    of_event = select(Participant.organisation_id).where(Participant.event_id == event.id)
    logos = db.session.scalars(select(Logo).where(Logo.organisation_id.in_(of_event)))
    by_home = {logo.organisation_id: logo for logo in logos}
    for number, home in enumerate(homes, start=1):
        if home.logo and (logo := by_home.get(home.id)) is not None:
            yield PlainPicture(_logo_file(number, home), logo.large, logo.small)


def enter_organisations(
    organisations: Sequence[PlainOrganisation], pictures: Mapping[str, Picture], owner: User
) -> Homes:
    """Each once; one that is known here keeps what is said of it, and gets what is not."""
    homes: Homes = {}
    for plain in organisations:
        details = asdict(plain)
        name, logo = details.pop("name"), details.pop("logo")
        home = find_or_create_organisation(name, **details)
        home.size = home.size or plain.size
        if logo and not home.logo:
            put_logo(home, owner, pictures[logo])
        homes[fold_name(name), plain.country] = home
    db.session.flush()
    return homes


def _logo_file(number: int, home: Organisation) -> str:
    return f"logos/{number}.webp" if home.logo else ""


def _wrong(
    each: PlainOrganisation, named: Collection[str] | None, seen: set[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    key = fold_name(each.name), each.country
    if key in seen:
        wrong = _("the organisation %(name)s is there twice", name=shown(each.name))
        yield wrong, _("keep one of them")
    if named is not None and key[0] not in named:
        wrong = _("nobody comes for the organisation %(name)s", name=shown(each.name))
        yield wrong, _("correct the name, or delete the organisation")
    seen.add(key)
    try:
        country = geography.country(each.country) if each.country else ""
        region = geography.region(each.region) if each.region else ""
        geography.check_agreement(region, country)
    except NotRight as error:
        yield error.wrong, error.right
