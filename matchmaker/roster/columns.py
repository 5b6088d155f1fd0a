"""Which column of a table of people holds what: fields, and the headings people give them. Pure."""

import re
from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l

from matchmaker.organisations.names import fold

FIELDS = {
    "name": _l("Name"),
    "first_name": _l("First name"),
    "last_name": _l("Last name"),
    "email": _l("E-mail"),
    "organisation": _l("Organisation"),
    "kind": _l("Kind of organisation"),
    "size": _l("Size of organisation"),
    "type": _l("Participant type"),
    "country": _l("Country"),
    "region": _l("Region"),
    "languages": _l("Languages"),
    "job_title": _l("Job title"),
    "phone": _l("Phone"),
    "link": _l("Link"),
    "about": _l("About"),
    "max_meetings": _l("Most meetings"),
    "offers": _l("Offers"),
    "needs": _l("Needs"),
    "tags": _l("Tags"),
}
HEADINGS = {
    "name": "name|full name|participant|contact person|contact|nimi|koko nimi|osallistuja"
    "|yhteyshenkilo|namn|fullstandigt namn|deltagare|kontaktperson",
    "first_name": "first name|firstname|given name|forename|etunimi|fornamn|tilltalsnamn",
    "last_name": "last name|lastname|surname|family name|sukunimi|efternamn",
    "email": "e-mail|email|mail|e-mail address|email address|sahkoposti|sahkopostiosoite|s-posti"
    "|e-post|epost|e-postadress|mejl",
    "organisation": "organisation|organization|company|employer|institution|affiliation"
    "|organisaatio|yritys|tyonantaja|yhteiso|foretag|bolag|arbetsgivare|organisationen",
    "kind": "kind of organisation|organisation kind|organisation type|organization type"
    "|type of organisation|organisaation tyyppi|organisaatiotyyppi|organisationstyp",
    "size": "size of organisation|organisation size|organization size|company size|size|employees"
    "|number of employees|staff|headcount|organisaation koko|yrityksen koko|koko|henkilosto"
    "|henkilomaara|organisationens storlek|foretagsstorlek|storlek|antal anstallda|anstallda",
    "type": "participant type|type|role|category|group|osallistujatyyppi|tyyppi|ryhma"
    "|deltagartyp|typ|grupp|roll",
    "country": "country|country code|maa|maakoodi|kotimaa|land|landskod",
    "region": "region|nuts|nuts region|nuts code|maakunta|alue|landskap|lan",
    "languages": "languages|language|spoken languages|kielet|kieli|kielitaito|sprak",
    "job_title": "job title|title|position|function|tehtavanimike|titteli|tehtava|asema"
    "|befattning|titel|yrkestitel",
    "phone": "phone|telephone|mobile|phone number|tel|cell|puhelin|puhelinnumero|puh|matkapuhelin"
    "|gsm|telefon|telefonnummer|mobil|mobilnummer",
    "link": "link|website|web|homepage|url|linkedin|verkkosivu|kotisivu|www|linkki"
    "|webbplats|hemsida|lank",
    "about": "about|bio|biography|description|presentation|introduction|esittely|kuvaus"
    "|beskrivning|om mig",
    "max_meetings": "most meetings|max meetings|maximum meetings|tapaamisia enintaan"
    "|hogst antal moten|max moten",
    "offers": "offers|offer|we offer|what we offer|tarjonta|tarjoaa|tarjoamme|erbjudande"
    "|erbjudanden|erbjuder",
    "needs": "needs|need|we need|seeks|looking for|tarve|tarpeet|tarvitsee|etsii|behov|soker",
    "tags": "tags|tag|labels|tunnisteet|avainsanat|etiketter|taggar",
}
FIELD_OF = {heading: field for field, names in HEADINGS.items() for heading in names.split("|")}
LOOKED_THROUGH = 20


def key_of(heading: str) -> str:
    """A heading as it is compared: without what stands in brackets, signs and accents."""
    bare = re.sub(r"\([^)]*\)|[*:?#]", " ", heading)
    return re.sub(r"[\s_/.]+", " ", fold(bare)).strip(" -")


def field_of(heading: str, remembered: Mapping[str, str]) -> str:
    """What a column of this heading holds, as last time or by its name; empty if unknown."""
    key = key_of(heading)
    return remembered[key] if key in remembered else FIELD_OF.get(key, "")


def guess_columns(headings: Sequence[str], remembered: Mapping[str, str]) -> list[str]:
    """The field of each column; no field twice, the first column wins."""
    taken: set[str] = set()
    columns = []
    for heading in headings:
        field = field_of(heading, remembered) if heading else ""
        columns.append("" if field in taken else field)
        taken.add(field)
    return columns


def find_heading(rows: Sequence[Sequence[str]], remembered: Mapping[str, str]) -> int:
    """How many rows stand above the first person: titles, and last the row of headings."""
    best, known = row_of_headings(rows, remembered)
    return best if known > 1 else _first_full(rows)


def row_of_headings(
    rows: Sequence[Sequence[str]], remembered: Mapping[str, str]
) -> tuple[int, int]:
    """The number of the first row with the most known headings, and how many it has."""
    known = [
        len({field_of(cell, remembered) for cell in row if cell} - {""})
        for row in rows[:LOOKED_THROUGH]
    ]
    most = max(known, default=0)
    return known.index(most) + 1 if most else 0, most


def _first_full(rows: Sequence[Sequence[str]]) -> int:
    """Where no heading is known: the first row that is as full as most of those below."""
    filled = [sum(map(bool, row)) for row in rows[:LOOKED_THROUGH]]
    return next(at for at, cells in enumerate(filled, start=1) if cells * 2 > max(filled))


def letter(column: int) -> str:
    """The letter a spreadsheet program gives the column, counted from 0."""
    rest, here = divmod(column, 26)
    return (letter(rest - 1) if rest else "") + chr(ord("A") + here)
