"""The profiles of the demonstration's clusters: some with a label, one of them run out."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from matchmaker.clock import now
from matchmaker.demo.written import read
from matchmaker.extensions import db
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.models_cluster import ClusterProfile

LABELS = ("gold", "silver", "", "bronze")
HELD_FOR = timedelta(days=730)
MET_OFTEN = ("participation", "director", "strategy", "activities", "needs", "dialogue", "website")


def enter_clusters(organisations: Iterable[Organisation], event_days: Sequence[date]) -> None:
    """Every other cluster of these has filled in its profile; the rest show an empty one.

    A profile that a cluster on this site has already is its own, and stays.
    """
    written = read("clusters.toml")
    clusters = [each for each in organisations if each.kind == "cluster"]
    for number, cluster in enumerate(clusters[::2]):
        if db.session.get(ClusterProfile, cluster.id) is None:
            db.session.add(_profile(cluster, number, written, event_days[0]))
    db.session.flush()


def _profile(
    cluster: Organisation, number: int, written: dict[str, Any], first_day: date
) -> ClusterProfile:
    rng = Random(cluster.name_key)  # noqa: S311 - the same each time is wanted, not secrecy
    label = LABELS[number % len(LABELS)]
    until = first_day + timedelta(days=rng.randrange(60, 600))
    if label == "bronze":
        until = first_day - timedelta(days=40)
    met = set(rng.sample(MET_OFTEN, 7 if label == "gold" else 5))
    return ClusterProfile(
        organisation_id=cluster.id,
        members={"SME": rng.randrange(12, 90), "research body": rng.randrange(1, 9)},
        services=written["services"],
        services_language="en",
        strategy=written["strategy"],
        strategy_language="en",
        label=label,
        label_by=written["label_by"] if label else "",
        label_from=until - HELD_FOR if label else None,
        label_until=until if label else None,
        criteria={
            name: {"met": name in met, "evidence": evidence if name in met else ""}
            for name, evidence in written["evidence"].items()
            if name in met or name == "evaluation"
        },
        changed_at=now(),
    )
