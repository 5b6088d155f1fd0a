"""What the pages of the set-up answer: a form again, what a change would do, or that it is done."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.accounts.models import User
from matchmaker.agenda.forms import LONGEST_NOTE
from matchmaker.errors import Gone, Invalid
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.fields import paragraphs
from matchmaker.setup import services
from matchmaker.setup.addresses import WHOLE, changed_as, form_url, list_url
from matchmaker.setup.pages import form_page, preview_page, who_when
from matchmaker.setup.part_matrix import Matrix
from matchmaker.setup.part_moving import Moving
from matchmaker.setup.part_points import Points
from matchmaker.setup.part_sessions import Sessions
from matchmaker.setup.part_times import Times
from matchmaker.setup.part_topics import Topics
from matchmaker.setup.part_types import Types
from matchmaker.setup.part_zone import Zone
from matchmaker.setup.parts import Part
from matchmaker.setup.plan import Plan
from matchmaker.setup.queries import latest_change, version_of

Answer = str | Response | tuple[str, int]

PARTS: dict[str, Part] = {
    each.name: each
    for each in (
        Times(),
        Moving(),
        Types(),
        Matrix(),
        Topics(),
        Sessions(),
        Points(),
        Zone(),
    )
}


def answer_change(event: Event, user: User, part: Part, row_id: int) -> Answer:
    """What was sent, checked and shown; done at once only where it touches nobody."""
    row, action = part.find(event, row_id), form_url(event, part.name, row_id)
    form = part.form(event, row)
    if not form.validate_on_submit():
        return form_page(event, part, row, form, action=action), 422
    version = version_of(event, changed_as(part.name))
    if (row is None) != (row_id == 0) or form.seen_version != version:
        return _conflict(event, part, row, form), 409
    try:
        plan = part.edited(event, row, form)
    except Invalid as refusal:
        return _refused(event, part, row, form, refusal)
    if plan.touched or plan.times:
        back = list_url(event, part.name)
        return preview_page(event, plan, action=f"{action}/confirm", back=back)
    services.carry_out(
        event, user, lambda: part.edited(event, row, form), fingerprint=plan.fingerprint
    )
    db.session.commit()
    return done(event, part, changed=bool(plan.rows))


def answer_confirmed(event: Event, user: User, part: Part, row_id: int) -> Answer:
    row, action = part.find(event, row_id), form_url(event, part.name, row_id)
    form = part.form(event, row)
    if not form.validate_on_submit():
        return form_page(event, part, row, form, action=action), 422
    if (row is None) != (row_id == 0):
        return _conflict(event, part, row, form), 409
    try:
        carry_out_shown(event, user, lambda: part.edited(event, found(event, part, row_id), form))
    except services.ChangedMeanwhile as changed:
        page = preview_page(
            event,
            changed.plan,
            action=f"{action}/confirm",
            back=list_url(event, part.name),
            sentence=changed.sentence,
        )
        return page, 409
    except Invalid as refusal:
        return _refused(event, part, row, form, refusal)
    except Gone:
        return _conflict(event, part, None, form), 409
    return done(event, part, to_repair=request.form.get("way") == "repair")


def found(event: Event, part: Part, row_id: int) -> Any:
    """What is edited, as it is now; nothing for what is new.

    Raises:
        Gone: it was taken out meanwhile.
    """
    row = part.find(event, row_id)
    if row_id and row is None:
        raise Gone(_("It is out already; somebody else was quicker."))
    return row


def carry_out_shown(event: Event, user: User, work_out: Any) -> None:
    sent = request.form
    fingerprint, way = sent.get("fingerprint", ""), sent.get("way", "")
    note = paragraphs(sent.get("note"))[:LONGEST_NOTE]
    services.carry_out(event, user, work_out, fingerprint=fingerprint, way=way, note=note)
    db.session.commit()


def move(event: Event, user: User, part: str, row_id: int, *, by: int) -> Answer:
    chosen = listed_part(part)
    if not chosen.ordered:
        abort(404)
    row = chosen.find(event, row_id) or abort(404)
    plan = chosen.moved(event, row, by)
    services.carry_out(
        event, user, lambda: chosen.moved(event, row, by), fingerprint=plan.fingerprint
    )
    db.session.commit()
    return redirect(f"{list_url(event, chosen.name)}#row-{row_id}")


def _conflict(event: Event, part: Part, row: Any, form: Any) -> str:
    """Somebody else was quicker: what was typed stays, beside what is saved now."""
    db.session.rollback()
    theirs = who_when(event, latest_change(event, changed_as(part.name)))
    sentence = _(
        "Somebody else changed this while you had it open: %(theirs)s. What you typed is kept below"
        " and not saved. Compare the two, then save yours again or take theirs.",
        theirs=theirs,
    )
    if row is None and part.name not in WHOLE:
        sentence = _(
            "Somebody else took this out while you had it open: %(theirs)s. What you typed is kept"
            " below; saving it adds it anew.",
            theirs=theirs,
        )
    row_id = row.id if row is not None else 0
    return form_page(
        event, part, row, form, conflict=sentence, action=form_url(event, part.name, row_id)
    )


def _refused(event: Event, part: Part, row: Any, form: Any, refusal: Invalid) -> Answer:
    db.session.rollback()
    if refusal.field not in form:
        raise refusal
    form[refusal.field].errors = [refusal.sentence]
    action = form_url(event, part.name, row.id if row is not None else 0)
    return form_page(event, part, row, form, action=action), 422


def removal_page(
    event: Event, part: Part, row: Any, plan: Plan, to: int, *, sentence: str = ""
) -> str:
    action = url_for("setup.remove", slug=event.slug, part=part.name, row_id=row.id)
    targets = part.targets(event, row)
    return preview_page(
        event,
        plan,
        action=action,
        back=list_url(event, part.name),
        removing=True,
        targets=targets,
        to=to,
        sentence=sentence,
    )


def undo_page(event: Event, plan: Plan, *, sentence: str = "") -> str:
    last = latest_change(event)
    return preview_page(
        event,
        plan,
        action=url_for("setup.undo", slug=event.slug),
        back=url_for("setup.index", slug=event.slug),
        undoing=who_when(event, last),
        sentence=sentence,
    )


def target_of(event: Event, part: Part, row: Any) -> int:
    """Where what hangs on it goes: as chosen, else the first that is offered."""
    offered = [value for value, _label in part.targets(event, row)]
    chosen = request.values.get("to", type=int)
    return chosen if chosen in offered else next(iter(offered), row.id)


def done(event: Event, part: Part, *, changed: bool = True, to_repair: bool = False) -> Response:
    if to_repair:
        flash(_("Done. Nobody is told until you publish a repair."), "success")
        return redirect(url_for("repair.show", slug=event.slug))
    flash(_("Done.") if changed else _("Nothing was changed."), "success")
    return redirect(list_url(event, part.name))


def gone(event: Event, part: Part) -> Response:
    flash(_("It is out already; somebody else was quicker."))
    return redirect(list_url(event, part.name))


def part_named(name: str) -> Part:
    return PARTS.get(name) or abort(404)


def whole_part(name: str) -> Part:
    return part_named(name) if name in WHOLE else abort(404)


def listed_part(name: str) -> Part:
    return part_named(name) if name not in WHOLE else abort(404)


def editable_part(name: str) -> Part:
    return listed_part(name) if name != "points" else abort(404)
