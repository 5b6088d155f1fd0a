"""Keeping what was sent of outcomes, from the page after the event and from a mail's link."""

from collections.abc import Sequence

from flask import flash, request
from flask_babel import gettext as _

from matchmaker.followup.after_page import AfterPage, after_page, asked_of
from matchmaker.followup.forms import typed_in
from matchmaker.followup.queries import begun_meetings, words_of
from matchmaker.followup.services import save_outcomes
from matchmaker.registration.models import Participant


def keep_answers(people: Sequence[Participant]) -> AfterPage | None:
    """Nothing where all was kept; a line too long keeps all that was typed, with its error."""
    typed = typed_in(request.form, asked_of(begun_meetings(people), words_of(people)))
    if any(each.error for each in typed.values()):
        return after_page(people, typed)
    if save_outcomes(people, {pair: each.answer for pair, each in typed.items()}):
        flash(_("Thank you, that is kept. You can change it at any time."), "success")
    else:
        flash(_("Nothing is ticked, so no answer is kept. “Nothing yet” is an answer too."))
    return None
