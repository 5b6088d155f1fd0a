"""Who keeps the profile of a cluster."""

from matchmaker.events.phases import Phase
from matchmaker.organisations.queries import cluster_profile
from matchmaker.registration.models import Participant
from matchmaker.registration.queries import may_describe


def may_keep_profile(me: Participant) -> bool:
    """Whoever acts for it at an event that is not closed, if an organiser let them in as that.

    Where nobody looks at who registers, a stranger could name any cluster: there it takes who
    entered the organisation, or changed its profile last.
    """
    organisation, event = me.organisation, me.event
    if organisation is None or organisation.kind != "cluster" or not me.is_approved:
        return False
    if event.phase == Phase.CLOSED:
        return False
    if event.approval == "organiser" or may_describe(me):
        return True
    profile = cluster_profile(organisation.id)
    return profile is not None and profile.changed_by_id == me.user_id
