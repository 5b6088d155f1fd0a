"""People as a table to take away, in the columns that bringing them in understands."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from matchmaker.events.models import Event
from matchmaker.exchange.formulas import guarded
from matchmaker.registration.models import Participant
from matchmaker.roster.columns import FIELDS
from matchmaker.roster.queries import load_people
from matchmaker.roster.queries_import import listed_of

OUT = tuple(name for name in FIELDS if name not in ("first_name", "last_name"))
# A spreadsheet program that parts cells at another sign than ours would compute what follows it.
_AFTER_A_SIGN = re.compile(r"(?<=[;,\t\n|])(\s*)(?=[=+\-@])")


def people_csv(event: Event, ids: Sequence[int]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    for row in rows_of(event, ids):
        writer.writerow([harmless(cell) for cell in row])
    return file.getvalue().encode("utf-8-sig")


def people_xlsx(event: Event, ids: Sequence[int]) -> bytes:
    """Every cell is text, and says so: nothing in it is computed."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow to load
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - slow to load

    book = Workbook(write_only=True)
    sheet = book.create_sheet(event.slug[:31])
    for row in rows_of(event, ids):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=_printable(text))
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def harmless(text: str) -> str:
    """No part of it is taken for a formula, whichever sign parts the cells."""
    return _AFTER_A_SIGN.sub(r"\1'", guarded(text))


def rows_of(event: Event, ids: Sequence[int]) -> Iterable[list[str]]:
    """The headings, then a row a person."""
    yield [str(FIELDS[name]) for name in OUT]
    listed = listed_of(event)
    for person in load_people(event, ids):
        own = {name: "\n".join(listed[name].get(person.id, ())) for name in ("offers", "needs")}
        own["tags"] = ", ".join(listed["tags"].get(person.id, ()))
        yield _row(person, own)


def _row(person: Participant, own: dict[str, str]) -> list[str]:
    home = person.organisation
    values = own | {
        "name": person.name,
        "email": person.user.email,
        "organisation": home.name if home else "",
        "kind": home.kind if home else "",
        "size": home.size if home else "",
        "type": person.type.name if person.type else "",
        "country": person.country or (home.country if home else ""),
        "region": person.region or (home.region if home else ""),
        "languages": ", ".join(person.languages),
        "job_title": person.job_title,
        "phone": person.phone,
        "link": person.link,
        "about": person.about,
        "max_meetings": "" if person.max_meetings is None else str(person.max_meetings),
    }
    return [values[name] for name in OUT]


def _printable(text: str) -> str:
    """XML takes no control characters; what is stored has none but tabs and line breaks."""
    return "".join(sign for sign in text if sign.isprintable() or sign in "\t\n")
