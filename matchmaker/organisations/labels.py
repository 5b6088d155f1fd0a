"""The kinds of organisation in the reader's language."""

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
