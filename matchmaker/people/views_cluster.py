"""The profile of one's own cluster: its form."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import participant
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.organisations.forms_cluster import ClusterForm
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.queries import cluster_profile
from matchmaker.organisations.services_cluster import save_profile
from matchmaker.people.blueprint import blueprint
from matchmaker.registration.keeping import may_keep_profile
from matchmaker.registration.models import Participant


@blueprint.get("/e/<slug>/organisations/<int:organisation_id>/cluster-profile")
@participant
def cluster(event: Event, me: Participant, organisation_id: int) -> str:
    organisation = _own(me, organisation_id)
    form = ClusterForm.of(cluster_profile(organisation_id))
    return render_template("people/cluster.html", organisation=organisation, form=form)


@blueprint.post("/e/<slug>/organisations/<int:organisation_id>/cluster-profile")
@participant
def save_cluster(event: Event, me: Participant, organisation_id: int) -> Response | tuple[str, int]:
    organisation, form = _own(me, organisation_id), ClusterForm()
    if not form.validate():
        return render_template("people/cluster.html", organisation=organisation, form=form), 422
    if not save_profile(organisation, me.user, form.seen.data or 0, form.given()):
        return _both(organisation, form)
    db.session.commit()
    flash(_("The cluster profile is saved."), "success")
    return redirect(url_for(".organisation", slug=event.slug, organisation_id=organisation_id))


def _both(organisation: Organisation, form: ClusterForm) -> tuple[str, int]:
    """What was typed beside what somebody saved meanwhile; saving again is then on purpose."""
    saved = cluster_profile(organisation.id) or abort(409)
    form.seen.raw_data, form.seen.data = None, saved.version
    page = render_template(
        "people/cluster.html",
        organisation=organisation,
        form=form,
        saved=saved,
        differing=form.differing(saved),
    )
    return page, 409


def _own(me: Participant, organisation_id: int) -> Organisation:
    if me.organisation is None or me.organisation_id != organisation_id:
        abort(404)
    return me.organisation if may_keep_profile(me) else abort(404)
