"""A cluster profile as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matchmaker.clock import now
from matchmaker.organisations.labels_cluster import CRITERIA, LABEL_NAMES, MEMBER_KINDS
from matchmaker.organisations.models_cluster import ClusterProfile
from matchmaker.organisations.queries import cluster_profile


@dataclass(frozen=True, slots=True)
class Criterion:
    """`met` is empty where the cluster says nothing of it."""

    words: str
    met: bool | None
    evidence: str

    @property
    def link(self) -> str:
        is_address = self.evidence.startswith(("https://", "http://")) and " " not in self.evidence
        return self.evidence if is_address else ""


@dataclass(frozen=True, slots=True)
class ClusterPage:
    profile: ClusterProfile
    criteria: list[Criterion]
    members: list[tuple[str, int]]
    label: str

    @property
    def met(self) -> int:
        return sum(bool(each.met) for each in self.criteria)

    @property
    def label_state(self) -> str:
        """`holds`, `expired` or `to come`, by the day it is."""
        today = now().date()
        starts, ends = self.profile.label_from, self.profile.label_until
        if ends is not None and ends < today:
            return "expired"
        return "to come" if starts is not None and starts > today else "holds"


def cluster_page(organisation_id: int) -> ClusterPage | None:
    profile = cluster_profile(organisation_id)
    if profile is None:
        return None
    said = profile.criteria
    return ClusterPage(
        profile=profile,
        criteria=[_criterion(str(words), said.get(name)) for name, words in CRITERIA.items()],
        members=[
            (str(words), profile.members[kind])
            for kind, words in MEMBER_KINDS.items()
            if kind in profile.members
        ],
        label=str(LABEL_NAMES.get(profile.label, "")),
    )


def _criterion(words: str, said: Mapping[str, Any] | None) -> Criterion:
    if said is None:
        return Criterion(words, None, "")
    return Criterion(words, bool(said["met"]), str(said["evidence"]))
