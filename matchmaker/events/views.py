"""The organiser's pages of `events`; the public ones are in `registration.views_public`."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.errors import Conflict, Invalid
from matchmaker.events.forms import PhaseForm, SettingsForm
from matchmaker.events.labels import PHASE_LABELS, PHASE_MEANINGS
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.events.queries import last_edit
from matchmaker.events.said import said, said_in
from matchmaker.events.services import change_settings
from matchmaker.events.services import move_phase as move
from matchmaker.extensions import db
from matchmaker.formatting import at

blueprint = Blueprint("events", __name__)
blueprint.add_app_template_filter(said)
blueprint.add_app_template_filter(said_in)

Answer = str | Response | tuple[str, int]


@blueprint.get("/e/<slug>/organise/settings")
@organiser
def settings(event: Event, user: User) -> Answer:
    return _page(event, SettingsForm.of(event))


@blueprint.post("/e/<slug>/organise/settings")
@organiser
def save_settings(event: Event, user: User) -> Answer:
    form = SettingsForm.of(event)
    if not form.validate_on_submit():
        return _page(event, form), 422
    try:
        changed = change_settings(event, user, version=form.seen_version, **form.settings(event))
    except Conflict as conflict:
        return _conflict_page(event, form, conflict), 409
    db.session.commit()
    flash(_("Saved.") if changed else _("Nothing was changed."), "success")
    return redirect(url_for("events.settings", slug=event.slug))


@blueprint.post("/e/<slug>/organise/phase")
@organiser
def move_phase(event: Event, user: User) -> Answer:
    form = PhaseForm.of_all()
    if not form.validate_on_submit():
        raise Invalid(_("There is no such phase. Go back and use the buttons."))
    back = "insights.overview" if event.phase == Phase.DRAFT else "events.settings"
    move(event, Phase(form.phase.data), user)
    db.session.commit()
    flash(
        _("The event is now in the phase: %(phase)s.", phase=PHASE_LABELS[event.phase]), "success"
    )
    return redirect(url_for(back, slug=event.slug))


def _conflict_page(event: Event, form: SettingsForm, conflict: Conflict) -> str:
    """What the person typed stays; saving again, having seen the other's, replaces it."""
    differing, sentence = form.differing(event), conflict.sentence
    form.version.data = str(event.version)
    last = last_edit(event, "event settings changed")
    if last is not None:
        name, moment = last
        last_words = _("Last changed by %(who)s, %(when)s.", who=name, when=at(moment, event.zone))
        sentence = f"{sentence} {last_words}"
    return _page(event, form, conflict=sentence, differing=differing)


def _page(event: Event, form: SettingsForm, **more: object) -> str:
    phases = list(Phase)
    here = phases.index(Phase(event.phase))
    return render_template(
        "events/settings.html",
        form=form,
        phases=phases,
        here=here,
        labels=PHASE_LABELS,
        meanings=PHASE_MEANINGS,
        **more,
    )
