"""What somebody says of themselves as plain values, as files hold it. Knows no database."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from matchmaker.organisations.plain import PictureFile

LONGEST_ABOUT = 1000

Language = Literal["", "en", "fi", "sv"]
Line = Annotated[str, Meta(max_length=120)]
Moment = Annotated[datetime, Meta(tz=True)]
About = Annotated[str, Meta(max_length=LONGEST_ABOUT)]


@dataclass(frozen=True, slots=True)
class PlainConsent:
    purpose: Literal["shown", "series", "photos", "news"]
    version: Annotated[int, Meta(ge=1, le=1000)]
    given_at: Moment
    withdrawn_at: Moment | None = None
    told_by: Literal["person", "organiser"] = "person"


@dataclass(frozen=True, slots=True)
class PlainProfile:
    """`picture` is a file of the folder, `audiences` what differs from the usual, as
    `Participant.audiences` holds it."""

    person: str
    picture: PictureFile = ""
    job_title: Line = ""
    phone: Annotated[str, Meta(max_length=40)] = ""
    link: Annotated[str, Meta(max_length=300, pattern=r"^(https?://\S+)?$")] = ""
    about: About = ""
    about_language: Language = ""
    about_texts: dict[Literal["en", "fi", "sv"], About] = field(default_factory=dict)
    audiences: dict[Line, Literal["public", "participants", "met", "organisers"]] = field(
        default_factory=dict
    )
    consents: tuple[PlainConsent, ...] = ()

    @property
    def says_something(self) -> bool:
        """More than that an organiser has told of a consent."""
        words = (self.picture, self.job_title, self.phone, self.link, self.about, self.audiences)
        return any(words) or any(each.told_by == "person" for each in self.consents)
