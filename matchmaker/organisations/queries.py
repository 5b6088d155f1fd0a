"""Questions about organisations: finding one by its name."""

from sqlalchemy import ColumnElement, select

from matchmaker.extensions import db
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.names import fold, fold_name

__all__ = ["fold", "fold_name"]

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
    """Organisations whose name holds `text`, those that begin with it first."""
    key = fold_name(text)
    if len(key) < 2:
        return []
    starting = _matching(Organisation.name_key.startswith(key, autoescape=True), limit)
    holding = _matching(Organisation.name_key.contains(key, autoescape=True), limit)
    return list(dict.fromkeys(starting + holding))[:limit]


def _matching(condition: ColumnElement[bool], limit: int) -> list[Organisation]:
    matching = select(Organisation).where(condition)
    in_order = matching.order_by(Organisation.name_key, Organisation.country)
    return list(db.session.scalars(in_order.limit(limit)))
