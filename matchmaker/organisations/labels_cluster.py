"""What a cluster profile asks, in the reader's language."""

from flask_babel import lazy_gettext as _l

MEMBER_KINDS = {
    "SME": _l("Small and medium-sized companies"),
    "large company": _l("Large companies"),
    "research body": _l("Research bodies"),
    "public authority": _l("Public authorities"),
    "other": _l("Others"),
}
# What a regional strategy for smart specialisation asks of a cluster.
CRITERIA = {
    "participation": _l("Companies take part, and that is verified"),
    "director": _l("A director is appointed"),
    "strategy": _l("There is a strategy and an action plan"),
    "activities": _l("Members are offered at least two activities a year"),
    "needs": _l("The needs of businesses are heard"),
    "dialogue": _l("A dialogue is kept with regions and partners"),
    "website": _l("The website makes the offer clear"),
    "evaluation": _l("The work is evaluated regularly"),
}
LABEL_NAMES = {
    "bronze": _l("Bronze label"),
    "silver": _l("Silver label"),
    "gold": _l("Gold label"),
}
FIELD_NAMES = {
    "director": _l("Director"),
    "strategy": _l("Strategy"),
    "strategy_link": _l("Address of the strategy"),
    "services": _l("Services to members"),
    "label": _l("Label"),
    "label_by": _l("Granted by"),
    "label_from": _l("Holds from"),
    "label_until": _l("Holds until"),
}
