"""The table of people: filters in the address, saved views, columns, and acts for many at once.

The table is a page of `registration`, whose mails and places lead to it; it stands here because it
counts offers, wishes and meetings, which registrations do not know.
"""

from typing import Any
from urllib.parse import parse_qsl

from babel import Locale
from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from matchmaker.access import organiser, organiser_may
from matchmaker.accounts.models import User
from matchmaker.errors import Conflict, Refusal
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.fields import one_line
from matchmaker.organisations.countries import country_names
from matchmaker.organisations.labels import KIND_LABELS, SIZE_LABELS
from matchmaker.paging import shorten
from matchmaker.registration.blueprint import blueprint as registration
from matchmaker.registration.labels import STATUS_LABELS, STATUS_TONES
from matchmaker.registration.models import Participant, Status
from matchmaker.roster.blueprint import blueprint
from matchmaker.roster.bulk import ACTS, ASKS_BLOCK, ASKS_TAG, Act, act_on, clean_tag
from matchmaker.roster.filters import COLUMNS, HAS, SORTS, Wanted
from matchmaker.roster.queries import fitting_ids, load_people, saved_views, table_page
from matchmaker.roster.services import forget_view, save_view
from matchmaker.web import row_numbers

Answer = str | Response | tuple[str, int]


@registration.get("/e/<slug>/organise/people")
@organiser_may("desk")
def people(event: Event, user: User) -> str:
    wanted = Wanted.of(request.args)
    table = table_page(event, wanted, request.args.get("page", 1, type=int))
    locale = get_locale() or Locale("en")

    def address(**changes: Any) -> str:
        page = {"page": changes.pop("page")} if "page" in changes else {}
        given = wanted.changed(**changes).given() | page
        return url_for("registration.people", slug=event.slug, **given)

    return render_template(
        "roster/people.html",
        wanted=wanted,
        table=table,
        views=saved_views(event),
        all=sum(table.choices.statuses.values()),
        waiting=table.choices.statuses[Status.PENDING],
        labels=STATUS_LABELS,
        tones=STATUS_TONES,
        kinds=KIND_LABELS,
        sizes=SIZE_LABELS,
        countries=country_names(locale),
        languages=locale.languages,
        columns=COLUMNS,
        counted=HAS,
        sorts=SORTS,
        acts=ACTS,
        address=address,
        paged=lambda number: address(page=number),
    )


@blueprint.get("/e/<slug>/organise/people/bulk")
@organiser
def confirm(event: Event, user: User) -> Answer:
    """How many it is about, before anything is done; a mail goes on to its own page."""
    chosen = _chosen(event, request.args)
    act, refusal = _act(event, request.args), ""
    try:
        act.check(event)
    except Refusal as refused:
        refusal = refused.sentence
    return render_template(
        "roster/confirm.html",
        people=shorten(chosen, len(chosen)),
        number=len(chosen),
        ids=[] if _is_whole(request.args) else [person.id for person in chosen],
        query=request.args.get("query", ""),
        to_mail=[person.id for person in chosen] if act.name == "mail" else [],
        act=act,
        acts=ACTS,
        refusal=refusal,
        asks_tag=act.name in ASKS_TAG,
        asks_block=act.name in ASKS_BLOCK,
    )


@blueprint.post("/e/<slug>/organise/people/bulk")
@organiser
def do(event: Event, user: User) -> Answer:
    chosen = _chosen(event, request.form)
    if len(chosen) != request.form.get("number", -1, type=int):
        raise Conflict(
            _("Other people fit the filter by now. Go back to the table and choose again.")
        )
    changed, refused = act_on(event, user, chosen, _act(event, request.form))
    db.session.commit()
    told = ngettext("Done for %(num)d person.", "Done for %(num)d people.", changed)
    flash(told, "success")
    if refused:
        sentence = ngettext(
            "%(num)d was left as they are: it does not fit where they stand.",
            "%(num)d were left as they are: it does not fit where they stand.",
            refused,
        )
        flash(sentence, "error")
    return _back(event, request.form.get("query", ""))


@blueprint.post("/e/<slug>/organise/people/views")
@organiser
def keep_view(event: Event, user: User) -> Response:
    name = one_line(request.form.get("name"))[:60]
    wanted = _wanted(request.form.get("query", ""))
    if name:
        save_view(event, user, name, wanted)
        db.session.commit()
        flash(_("This view is saved for every organiser as %(name)s.", name=name), "success")
    else:
        flash(_("Write a name for the view."), "error")
    return _back(event, wanted.query)


@blueprint.post("/e/<slug>/organise/people/views/<int:view_id>/remove")
@organiser
def drop_view(event: Event, user: User, view_id: int) -> Response:
    if not forget_view(event, user, view_id):
        abort(404)
    db.session.commit()
    return _back(event, "")


def _chosen(event: Event, given: MultiDict[str, str]) -> list[Participant]:
    """Those ticked, or everybody who fits the filter."""
    if _is_whole(given):
        ids = fitting_ids(event, _wanted(given.get("query", "")))
    else:
        ids = row_numbers(given, "id")
    return load_people(event, ids)


def _is_whole(given: MultiDict[str, str]) -> bool:
    return given.get("whole", "") == "y"


def _act(event: Event, given: MultiDict[str, str]) -> Act:
    block_id = given.get("block", 0, type=int)
    block = next((each for each in event.blocks if each.id == block_id), None)
    return Act(given.get("act", ""), clean_tag(given.get("tag", "")), block)


def _wanted(query: str) -> Wanted:
    return Wanted.of(MultiDict(parse_qsl(query)))


def _back(event: Event, query: str) -> Response:
    given = _wanted(query).given()
    return redirect(url_for("registration.people", slug=event.slug, **given))
