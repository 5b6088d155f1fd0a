"""A person's answers as other participants and organisers see them."""

from typing import NamedTuple

from flask_babel import gettext as _

from matchmaker.questions.models import Answer
from matchmaker.questions.queries import answers_shown
from matchmaker.questions.wording import Words, said_in_words, words_in
from matchmaker.registration.models import Participant


class ShownAnswer(NamedTuple):
    """The question and the answer, in the reader's language where they were given in it."""

    label: Words
    said: str


def shown_answers(
    person: Participant, locale: str, *, to_organisers: bool = False
) -> list[ShownAnswer]:
    """What they answered; to other participants only where those may see it. One query."""
    return [
        ShownAnswer(words_in(locale, given.wording.label), _said(given, locale))
        for given in answers_shown(person, to_organisers=to_organisers)
    ]


def _said(given: Answer, locale: str) -> str:
    if given.question.kind == "consent":
        return str(_("Agreed") if given.value else _("Took it back"))
    return ", ".join(said_in_words(given.wording, given.value, locale))
