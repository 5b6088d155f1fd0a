"""Keeping the profile of a cluster, so that nobody saves over what another has just saved."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.clock import now
from matchmaker.extensions import db
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.models_cluster import ClusterProfile
from matchmaker.organisations.queries import cluster_profile


def save_profile(
    organisation: Organisation, user: User, seen: int, given: Mapping[str, Any]
) -> bool:
    """Keep what the profile says now. False if somebody changed it since the version `seen`."""
    held = select(Organisation.id).where(Organisation.id == organisation.id)
    db.session.execute(held.with_for_update())
    profile = cluster_profile(organisation.id)
    if (profile.version if profile else 0) != seen:
        return False
    if profile is None:
        profile = ClusterProfile(organisation_id=organisation.id)
        db.session.add(profile)
    for name, value in given.items():
        setattr(profile, name, value)
    profile.version, profile.changed_at, profile.changed_by_id = seen + 1, now(), user.id
    db.session.flush()
    return True
