"""An organisation as it appears at an event: its people here, and what they offer and need."""

from flask import abort, render_template
from flask_babel import get_locale

from matchmaker.access import participant
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.marketplace.queries import items_of_people
from matchmaker.organisations.cluster_page import cluster_page
from matchmaker.organisations.labels import KIND_LABELS, SIZE_LABELS
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.regions import region_name
from matchmaker.people.blueprint import blueprint
from matchmaker.people.entries import people_for
from matchmaker.registration.keeping import may_keep_profile
from matchmaker.registration.models import Participant
from matchmaker.wishes.rules import why_closed


@blueprint.get("/e/<slug>/organisations/<int:organisation_id>", endpoint="organisation")
@participant
def show_organisation(event: Event, me: Participant, organisation_id: int) -> str:
    """One of whose people `me` may see one, or one's own; any other is not found."""
    people = people_for(event, me)
    here = [entry for entry in people.entries if entry.organisation_id == organisation_id]
    if not here and me.organisation_id != organisation_id:
        abort(404)
    owners = [entry.id for entry in here if entry.person.items]
    organisation, language = (
        db.session.get_one(Organisation, organisation_id),
        get_locale().language,
    )
    return render_template(
        "people/organisation.html",
        me=me,
        organisation=organisation,
        kind=KIND_LABELS.get(organisation.kind, ""),
        size=SIZE_LABELS.get(organisation.size, ""),
        region=region_name(organisation.region, language) if organisation.region else "",
        is_own=me.organisation_id == organisation_id,
        here=here,
        cluster=cluster_page(organisation_id) if organisation.kind == "cluster" else None,
        may_keep=me.organisation_id == organisation_id and may_keep_profile(me),
        items=items_of_people(owners),
        locale=language,
        why_closed=why_closed(event),
    )
