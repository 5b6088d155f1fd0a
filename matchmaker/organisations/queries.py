"""Questions about organisations: finding one by its name."""

from functools import reduce
from operator import add

from sqlalchemy import ColumnElement, case, func, literal, or_, select

from matchmaker.extensions import db
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.models_cluster import ClusterProfile
from matchmaker.organisations.names import ALIKE, fold, fold_name, likeness, nearly_same, pieces

__all__ = ["fold", "fold_name"]

MOST_CANDIDATES = 60


def organisations_named(name: str) -> list[Organisation]:
    """All organisations of this name: more than one where countries differ."""
    named = select(Organisation).where(Organisation.name_key == fold_name(name))
    return list(db.session.scalars(named.order_by(Organisation.country, Organisation.id)))


def find_organisation(name: str, country: str) -> Organisation | None:
    """The organisation of this name, in this country where one is given on both sides."""
    named = organisations_named(name)
    exact = [found for found in named if found.country == country]
    open_ = [found for found in named if not country or not found.country]
    return next(iter(exact or open_), None)


def suggest_organisations(text: str, *, limit: int = 8) -> list[Organisation]:
    """Organisations that answer what was typed, slips and acronyms too, the best first."""
    if len(fold_name(text)) < 2:
        return []
    found = [(likeness(text, each.name), each) for each in _candidates(text)]
    found.sort(key=lambda pair: (-pair[0], len(pair[1].name), pair[1].name_key, pair[1].country))
    return [each for score, each in found if score >= ALIKE][:limit]


def nearly_named(name: str, country: str, *, limit: int = 5) -> list[Organisation]:
    """Organisations that may well be meant by a name nobody has entered in this country."""
    return [
        each
        for each in suggest_organisations(name, limit=MOST_CANDIDATES)
        if nearly_same(name, each.name) and (not country or each.country in ("", country))
    ][:limit]


def find_by_id(organisation_id: int) -> Organisation | None:
    return db.session.get(Organisation, organisation_id)


def cluster_profile(organisation_id: int) -> ClusterProfile | None:
    """What the cluster says of itself, as the database has it now."""
    said = select(ClusterProfile).where(ClusterProfile.organisation_id == organisation_id)
    return db.session.scalar(said.execution_options(populate_existing=True))


def _candidates(text: str) -> list[Organisation]:
    """Those that hold most pieces of the text: ranking them all would read every name there is."""
    held = [Organisation.search_key.contains(piece, autoescape=True) for piece in pieces(text)]
    whole = Organisation.name_key.contains(fold_name(text), autoescape=True)
    counted = [case((condition, 1), else_=0) for condition in held]
    number_held: ColumnElement[int] = reduce(add, counted, literal(0))
    likely = select(Organisation).where(or_(whole, number_held * 3 >= len(held)))
    in_order = likely.order_by(
        whole.desc(), number_held.desc(), func.length(Organisation.name), Organisation.id
    )
    return list(db.session.scalars(in_order.limit(MOST_CANDIDATES)))
