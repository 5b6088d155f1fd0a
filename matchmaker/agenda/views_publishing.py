"""Publishing by a form, from whatever page: where it is refused, what was typed stays."""

from collections.abc import Callable

from flask import flash, redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.agenda.forms import PublishForm
from matchmaker.agenda.models import Agenda
from matchmaker.errors import Conflict
from matchmaker.extensions import db


def publish_by_form(
    act: Callable[[PublishForm], Agenda], page: Callable[[PublishForm], str], *, then: str
) -> Response | tuple[str, int]:
    """Do it and go on to `then`, or show the `page` again with the form as it was sent."""
    form = PublishForm()
    if not form.validate_on_submit():
        return page(form), 422
    try:
        agenda = act(form)
    except Conflict as refusal:
        db.session.rollback()
        flash(refusal.sentence, "warning")
        return page(form), 409
    db.session.commit()
    flash(_told(agenda), "success")
    return redirect(then)


def _told(agenda: Agenda) -> str:
    if agenda.kind == "none":
        return str(_("The agenda is unpublished. Everybody concerned gets a mail."))
    return str(
        _("Agenda %(number)s is published. Everybody concerned gets a mail.", number=agenda.number)
    )
