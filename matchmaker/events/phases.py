"""The phases of an event, in order, and what each lets participants do."""

from enum import StrEnum


class Phase(StrEnum):
    DRAFT = "draft"
    REGISTRATION = "registration open"
    WISHES = "wishes open"
    SCHEDULING = "scheduling"
    PUBLISHED = "agenda published"
    LIVE = "live"
    FOLLOW_UP = "follow-up"
    CLOSED = "closed"


PUBLIC = frozenset(Phase) - {Phase.DRAFT}
REGISTRATION_OPEN = frozenset({Phase.REGISTRATION, Phase.WISHES, Phase.PUBLISHED})
WISHES_OPEN = frozenset({Phase.WISHES, Phase.PUBLISHED, Phase.LIVE})
OVER = frozenset({Phase.FOLLOW_UP, Phase.CLOSED})
AGENDA_SHOWN = frozenset({Phase.PUBLISHED, Phase.LIVE, Phase.FOLLOW_UP, Phase.CLOSED})
