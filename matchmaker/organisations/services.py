"""Entering organisations, each once."""

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from matchmaker.errors import Invalid
from matchmaker.extensions import db
from matchmaker.organisations.models import KINDS, Organisation
from matchmaker.organisations.names import fold_name
from matchmaker.organisations.queries import find_organisation


def find_or_create_organisation(
    name: str,
    *,
    kind: str = "other",
    size: str = "",
    country: str = "",
    region: str = "",
    website: str = "",
    description: str = "",
    description_language: str = "",
    description_texts: Mapping[str, str] | None = None,
) -> Organisation:
    """The organisation of this name and country; a new one gets the details, a known one keeps its.

    Names are compared by `fold_name`. A known organisation without a country matches any country,
    and no country matches the first known one.
    """
    name = _checked_name(name)
    found = find_organisation(name, country)
    if found is not None:
        return found
    return _create(
        Organisation(
            name=name,
            kind=_checked_kind(kind),
            size=size,
            country=country,
            region=region,
            website=website,
            description=description,
            description_language=description_language,
            description_texts=dict(description_texts or {}),
        )
    )


def describe_organisation(
    organisation: Organisation,
    *,
    name: str = "",
    kind: str,
    size: str = "",
    country: str,
    region: str,
    website: str,
    description: str,
    description_language: str = "",
    description_texts: Mapping[str, str] | None = None,
) -> None:
    """Correct an organisation's details; the caller has checked that this person may."""
    name = _checked_name(name or organisation.name)
    other = find_organisation(name, country)
    if other is not None and other.id != organisation.id:
        sentence = _("There already is an organisation of this name in this country.")
        raise Invalid(sentence, field="country")
    organisation.name = name
    organisation.kind = _checked_kind(kind)
    organisation.size = size
    organisation.country = country
    organisation.region = region
    organisation.website = website
    organisation.description = description
    organisation.description_language = description_language
    organisation.description_texts = dict(description_texts or {})
    db.session.flush()


def _create(organisation: Organisation) -> Organisation:
    """Enter it; if somebody entered the same one a moment before, take theirs."""
    try:
        with db.session.begin_nested():
            db.session.add(organisation)
    except IntegrityError:
        found = find_organisation(organisation.name, organisation.country)
        if found is None:
            raise
        return found
    return organisation


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not fold_name(name):
        raise Invalid(_("Give the organisation's name."), field="organisation")
    return name


def _checked_kind(kind: str) -> str:
    if kind not in KINDS:
        known = ", ".join(KINDS)
        raise Invalid(_("Choose one of these kinds of organisation: %(known)s.", known=known))
    return kind
