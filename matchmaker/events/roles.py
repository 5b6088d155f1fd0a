"""The roles of those who run an event, from the one who answers for it to the one who looks on."""

from enum import StrEnum


class Role(StrEnum):
    OWNER = "owner"
    ORGANISER = "organiser"
    HELPER = "helper"
    VIEWER = "viewer"
