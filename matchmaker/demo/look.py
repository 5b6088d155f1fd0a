"""How the demonstration presents itself: other languages, colours, a drawn logo, and its tags."""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageDraw
from sqlalchemy import select

from matchmaker.demo.written import read
from matchmaker.events.models import Event
from matchmaker.events.models_look import EventLogo
from matchmaker.exchange.entering import enter_rows
from matchmaker.extensions import db
from matchmaker.pictures import make_picture
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.models_tags import Tag

HOSTS, SPEAKERS = "host region", "speaker"
HOME = "FI1D7"
SKY, SUN, FAR, NEAR = "#ffffff", "#e8a33d", "#7fa3b8", "#1b4a7a"


def dress(event: Event) -> None:
    """In the words, colours and with the logo that its organiser would have given it."""
    written = read("event.toml")
    event.texts = {code: dict(texts) for code, texts in written["texts"].items()}
    event.colours = dict(written["colours"])
    made = make_picture(logo(), whole=True)
    event.logo = made.print
    db.session.merge(EventLogo(event_id=event.id, large=made.large, small=made.small))
    enter_rows(Tag, [{"participant_id": one, "tag": tag} for one, tag in _tags(event)])
    db.session.flush()


def logo() -> bytes:
    """Two fells and a sun."""
    image = Image.new("RGB", (480, 320), SKY)
    pen = ImageDraw.Draw(image)
    pen.ellipse((300, 40, 380, 120), fill=SUN)
    pen.polygon([(150, 280), (310, 110), (470, 280)], fill=FAR)
    pen.polygon([(10, 280), (180, 60), (350, 280)], fill=NEAR)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _tags(event: Event) -> Iterator[tuple[int, str]]:
    """The people of the region, and a few who speak."""
    here = Participant.event_id == event.id, Participant.status == Status.APPROVED
    rows = select(Participant).where(*here).order_by(Participant.id)
    for number, person in enumerate(db.session.scalars(rows)):
        home = person.region or (person.organisation.region if person.organisation else "")
        if home == HOME:
            yield person.id, HOSTS
        if number % 25 == 3:
            yield person.id, SPEAKERS
