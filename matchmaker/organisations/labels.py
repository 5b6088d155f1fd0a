"""The kinds and sizes of organisation in the reader's language."""

from flask_babel import lazy_gettext as _l

KIND_LABELS = {
    "cluster": _l("Cluster"),
    "public authority": _l("Public authority"),
    "SME": _l("SME"),
    "large company": _l("Large company"),
    "research body": _l("Research body"),
    "investor": _l("Investor"),
    "support organisation": _l("Support organisation"),
    "other": _l("Other"),
}
SIZE_LABELS = {
    "micro": _l("1 to 9 people"),
    "small": _l("10 to 49 people"),
    "medium": _l("50 to 249 people"),
    "large": _l("250 people and more"),
}
