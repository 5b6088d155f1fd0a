"""Categories, stages, rights and kinds of cooperation in the reader's language."""

from flask_babel import lazy_gettext as _l

from matchmaker.marketplace.kinds import PARTNER_KINDS
from matchmaker.organisations.labels import KIND_LABELS

CATEGORY_LABELS = {
    "product": _l("Product"),
    "service": _l("Service"),
    "technology": _l("Technology"),
    "know-how": _l("Know-how"),
    "research": _l("Research and development"),
    "site": _l("Place to test or produce"),
    "funding": _l("Funding"),
    "partner": _l("Partner for a project"),
}
STAGE_LABELS = {
    "concept": _l("Concept"),
    "development": _l("Under development"),
    "lab": _l("Tested in the laboratory"),
    "demonstration": _l("Can be demonstrated"),
    "field": _l("Tested in the field"),
    "market": _l("On the market"),
}
IPR_LABELS = {
    "none": _l("Not protected"),
    "know-how": _l("Secret know-how"),
    "applied": _l("Patent applied for"),
    "granted": _l("Patent granted"),
    "other": _l("Design, copyright or trade mark"),
}
COOPERATION_LABELS = {
    "supply": _l("Supply"),
    "commercial": _l("Sales and distribution"),
    "technical": _l("Sale with technical assistance"),
    "outsourcing": _l("Outsourcing"),
    "licence": _l("Licence"),
    "research": _l("Joint research and development"),
    "investment": _l("Investment"),
}
PARTNER_LABELS = {kind: KIND_LABELS[kind] for kind in PARTNER_KINDS}
PROFILE_LABELS = {
    "business offer": _l("Business offer"),
    "business request": _l("Business request"),
    "technology offer": _l("Technology offer"),
    "technology request": _l("Technology request"),
    "research request": _l("Research and development request"),
}
