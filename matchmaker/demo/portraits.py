"""Drawn pictures for some people of the demonstration, so that nobody real has to lend a face."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.services_pictures import set_picture

MOST = 40
SIDE = 400
BACKGROUNDS = ("#cfdfe6", "#dfe5d3", "#efe0cb", "#d9d5e3", "#c9dcd8", "#ead4cf")
COATS = ("#14506b", "#3e5c4b", "#7a4a2f", "#4a4766", "#22606a", "#8a3b3f", "#2b3a42")
LOOKS = (
    *(("#f3d3bd", "#d9b36c"), ("#f3d3bd", "#5a3a22"), ("#f3d3bd", "#8c8c8c")),
    *(("#e6b899", "#5a3a22"), ("#e6b899", "#a8743a"), ("#e6b899", "#dcdcd6")),
    *(("#c98f6b", "#2a211c"), ("#9c6844", "#2a211c"), ("#6f4a31", "#2a211c")),
)
LONG, SHORT, BALD = "long", "short", "bald"
CUTS = (LONG, LONG, SHORT, SHORT, SHORT, BALD)


def give_pictures(event: Event) -> int:
    """Every third person gets one; how many did."""
    here = (Participant.event_id == event.id, Participant.status == Status.APPROVED)
    people = db.session.query(Participant).filter(*here).order_by(Participant.id).all()
    chosen = people[::3][:MOST]
    for person in chosen:
        set_picture(person, portrait(person.ref))
    return len(chosen)


def portrait(name: str) -> bytes:
    """Head and shoulders, the same for the same name."""
    rng = Random(name)  # noqa: S311 - a drawing is no secret
    image = Image.new("RGB", (SIDE, SIDE), rng.choice(BACKGROUNDS))
    pen = ImageDraw.Draw(image)
    (skin, hair), cut = rng.choice(LOOKS), rng.choice(CUTS)
    if cut == LONG:
        pen.rounded_rectangle((118, 84, 282, 300), 80, fill=hair)
    pen.ellipse((50, 288, 350, 560), fill=rng.choice(COATS))
    pen.rounded_rectangle((168, 236, 232, 324), 30, fill=_darker(skin))
    pen.ellipse((132, 96, 268, 268), fill=skin)
    if cut != BALD:
        pen.chord((126, 80, 274, 250), 180, 360, fill=hair)
        pen.chord((140, 128, 260, 250), 180, 360, fill=skin)
    if rng.random() < 1 / 4:
        _glasses(pen)
    file = BytesIO()
    image.save(file, "PNG", compress_level=1)
    return file.getvalue()


def _glasses(pen: ImageDraw.ImageDraw) -> None:
    for left in (148, 206):
        pen.ellipse((left, 164, left + 46, 206), outline="#22303a", width=5)
    pen.line((194, 184, 206, 184), fill="#22303a", width=5)


def _darker(colour: str) -> str:
    parts = (int(colour[place : place + 2], 16) * 85 // 100 for place in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in parts)
