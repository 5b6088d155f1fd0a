"""Saving what a participant says of themselves and who may see it."""

from collections.abc import Mapping

from matchmaker.extensions import db
from matchmaker.registration.audience import DEFAULTS, Audience, Field
from matchmaker.registration.models import Participant


def save_own_words(
    me: Participant,
    *,
    job_title: str,
    phone: str,
    link: str,
    about: str,
    about_language: str = "",
    about_texts: Mapping[str, str] | None = None,
) -> None:
    """`about_texts` is `about` in other languages than `about_language`."""
    me.job_title, me.phone, me.link, me.about = job_title, phone, link, about
    me.about_language, me.about_texts = about_language, dict(about_texts or {})
    db.session.flush()


def set_audiences(me: Participant, chosen: Mapping[Field, Audience]) -> None:
    """Keep what differs from the usual, so that a better default reaches whoever chose nothing."""
    known = {field: audience for field, audience in me.audiences.items() if field not in chosen}
    new = {str(f): str(a) for f, a in chosen.items() if a is not DEFAULTS[f]}
    if known | new != me.audiences:
        me.audiences = known | new
    db.session.flush()
