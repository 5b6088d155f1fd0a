"""The pages of the set-up put together: a part's list, its form, what a change would do."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from matchmaker.events.models import Event
from matchmaker.fields import differing
from matchmaker.formatting import at
from matchmaker.paging import shorten
from matchmaker.setup.addresses import changed_as, leave_url, list_url
from matchmaker.setup.labels import (
    EDIT_LABELS,
    MAY_LABELS,
    NEW_LABELS,
    PART_LABELS,
    SAID_LABELS,
    TARGET_LABELS,
    WAY_LABELS,
)
from matchmaker.setup.models import SetupChange
from matchmaker.setup.parts import Part
from matchmaker.setup.plan import Plan, Touched
from matchmaker.setup.queries import latest_change, version_of
from matchmaker.setup.words import sentences

NOT_SENT_ON = {"csrf_token", "fingerprint", "way", "seen", "note"}


def list_page(event: Event, part: Part) -> str:
    return render_template(
        "setup/part.html",
        part=part,
        entries=part.entries(event),
        label=PART_LABELS[part.name],
        new_label=NEW_LABELS.get(part.name),
        last=latest_change(event),
    )


def form_page(
    event: Event, part: Part, row: Any, form: Any, *, conflict: str = "", action: str = ""
) -> str:
    """A part's form; after a conflict what was typed beside what is saved now."""
    saved = part.form(event, row, fresh=True) if conflict else None
    form.seen.data = str(version_of(event, changed_as(part.name)))
    return render_template(
        "setup/matrix.html" if part.name == "matrix" else "setup/edit.html",
        part=part,
        row=row,
        form=form,
        action=action,
        leave=leave_url(event, part.name),
        page=list_url(event, part.name),
        label=PART_LABELS[part.name],
        new_label=NEW_LABELS.get(part.name),
        edit_label=EDIT_LABELS.get(part.name),
        conflict=conflict,
        differing=differing(form, saved) if saved is not None else [],
    )


def preview_page(event: Event, plan: Plan, *, action: str, back: str, **more: Any) -> str:
    """What the change would do, with all that was typed, so that it can be confirmed."""
    sent = [pair for pair in request.form.items(multi=True) if pair[0] not in NOT_SENT_ON]
    return render_template(
        "setup/preview.html",
        plan=plan,
        action=action,
        back=back,
        sent=sent,
        label=PART_LABELS[plan.part],
        touched=[_shown(event, each) for each in plan.touched],
        days=_by_day(event, plan.times),
        said=[] if plan.times else _said(event, plan),
        ways=[(way, WAY_LABELS[way]) for way in plan.ways],
        target_label=TARGET_LABELS.get(plan.part),
        **more,
    )


def _shown(event: Event, touched: Touched) -> dict[str, Any]:
    """One group of what is touched; the page with all of it, where there is one."""
    headline, consequence = sentences(touched)
    run: dict[str, Any] = {"number": touched.more["run"]} if touched.kind == "proposed" else {}
    url = url_for(touched.endpoint, slug=event.slug, **run) if touched.endpoint else ""
    return {
        "kind": touched.kind,
        "headline": headline,
        "consequence": consequence,
        "lines": shorten(touched.lines, len(touched.ids)),
        "url": url,
    }


def who_when(event: Event, change: SetupChange | None) -> str:
    """Who changed it last, and when."""
    if change is None:
        return ""
    who = (change.by.name or change.by.email) if change.by else _("somebody")
    return str(_("%(who)s, %(when)s", who=who, when=at(change.at, event.zone)))


def _by_day(
    event: Event, times: Sequence[tuple[datetime, datetime]]
) -> dict[date, list[tuple[datetime, datetime]]]:
    days: dict[date, list[tuple[datetime, datetime]]] = {}
    for start, end in times:
        days.setdefault(start.astimezone(event.zone).date(), []).append((start, end))
    return days


def _said(event: Event, plan: Plan) -> list[tuple[str, str, str]]:
    """What differs, as its name, before and after."""
    return [
        (str(SAID_LABELS.get(name, name)), _plain(event, before), _plain(event, after))
        for name, (before, after) in plan.said.items()
    ]


def _plain(event: Event, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(MAY_LABELS.get(each, each)) for each in value)
    if isinstance(value, str) and "T" in value[10:11]:
        return at(datetime.fromisoformat(value), event.zone)
    return "" if value is None else str(value)
