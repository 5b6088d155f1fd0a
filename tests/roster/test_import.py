"""Bringing in people: each row's fate beforehand, all or nothing, again without duplicates."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from matchmaker.audit.models import AuditEntry
from matchmaker.errors import Conflict, Invalid
from matchmaker.events.models import Event
from matchmaker.exchange.problems import NotRight
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.models_tags import Tag
from matchmaker.roster import cells
from matchmaker.roster.fates import dry_run
from matchmaker.roster.models import Sheet
from matchmaker.roster.services_import import enter
from matchmaker.roster.services_sheet import take_up, understand
from matchmaker.roster.sheets import read_sheet
from tests.factories.events import make_event, make_organisation, make_participant, make_user
from tests.roster.files import HEADINGS, TITLE, csv, good_row, xlsx

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]


def sheet_of(event: Event, data: bytes) -> Sheet:
    return take_up(event, read_sheet(data), "people.xlsx")


def bring_in(event: Event, data: bytes) -> tuple[int, int]:
    sheet = sheet_of(event, data)
    return enter(event, make_user("Olli"), sheet.id, dry_run(event, sheet).mark)


def everybody(event: Event) -> list[Participant]:
    rows = select(Participant).where(Participant.event_id == event.id).order_by(Participant.id)
    return list(db.session.scalars(rows))


def test_people_come_in_as_their_table_says(app: Flask) -> None:
    event = make_event()

    counted = bring_in(event, xlsx(TITLE, HEADINGS, good_row(1), [None], good_row(2)))

    aino, second = everybody(event)
    assert counted == (2, 0)
    assert (aino.name, aino.user.email, aino.phone) == (
        "Aino Niskala 1",
        "aino1@kierto.example",
        "+358 40 123 4567",
    )
    assert (aino.languages, aino.status, aino.is_listed) == (["fi", "en"], "registering", False)
    assert aino.organisation
    assert aino.type
    assert (aino.organisation.country, aino.type.name) == ("FI", "SME")
    assert aino.ref != second.ref
    assert db.session.scalar(select(func.count(Mail.id))) == 0


def test_twelve_kinds_of_mistake_are_told_by_row_and_column_with_the_remedy(app: Flask) -> None:
    event = make_event()
    headings = [*HEADINGS, "Region", "Web", "Max meetings", "Organisation type"]
    extra = ["Lappi", "kierto.example", 8, "yritys"]
    wrong = [
        {"Sähköposti *": "aino(at)kierto"},
        {"Sähköposti *": None},
        {"Organisaatio": None},
        {"Etunimi": None, "Sukunimi": None},
        {"Maa": "Suomii"},
        {"Kielet": "suomi, klingonska"},
        {"Tyyppi": "SMEs"},
        {"Puh.": "call me"},
    ]
    rows = [[*good_row(at, **cells), *extra] for at, cells in enumerate(wrong)]
    rows += [
        [*good_row(20), "Mordor", *extra[1:]],
        [*good_row(21), "Lappi", "no web", 8, "yritys"],
        [*good_row(22), "Lappi", "", "many", "guild"],
        [*good_row(21), *extra],
    ]

    run = dry_run(event, sheet_of(event, xlsx(TITLE, headings, *rows)))

    told = [(fate.row, wrong.column, wrong.wrong) for fate in run.fates for wrong in fate.wrongs]
    assert told == [
        (3, "C", '"aino(at)kierto" is no e-mail address'),
        (4, "C", "E-mail is missing"),
        (5, "D", "Organisation is missing"),
        (6, "", "Name is missing"),
        (7, "E", '"Suomii" is no country'),
        (8, "F", '"klingonska" is no language'),
        (9, "G", '"SMEs" is no participant type here'),
        (10, "H", '"call me" is no phone number'),
        (11, "I", '"Mordor" is no NUTS code'),
        (12, "J", '"no web" is no web address'),
        (13, "K", '"many" is no whole number'),
        (13, "L", '"guild" is no kind of organisation'),
        (14, "", "row 12 has the same address and organisation"),
    ]
    remedies = {wrong.right for fate in run.fates for wrong in fate.wrongs}
    assert 'did you mean "Suomi"?' in remedies
    assert 'did you mean "SME"?' in remedies


def test_a_sheet_is_named_on_one_line_however_long_its_title(app: Flask) -> None:
    table = read_sheet(csv(["Name", "E-mail"], ["Aino", "a@a.example"]))._replace(
        title="Guests\n" + "x" * 400
    )

    sheet = take_up(make_event(), table, "people.xlsx")

    db.session.refresh(sheet)
    assert sheet.name == ("people.xlsx · Guests " + "x" * 400)[:200]


def test_what_a_formula_could_not_compute_and_what_no_form_would_take_is_no_value(
    app: Flask,
) -> None:
    headings = [*HEADINGS, "About"]
    file = xlsx(headings, [*good_row(1, Maa="#REF!"), ""], [*good_row(2), "x" * 1001])

    run = dry_run(event := make_event(), sheet_of(event, file))

    assert [each.wrong for fate in run.fates for each in fate.wrongs] == [
        'the formula in this cell gives "#REF!"',
        "it has 1001 characters",
    ]


def test_one_wrong_row_keeps_all_out(app: Flask) -> None:
    event = make_event()
    sheet = sheet_of(event, xlsx(HEADINGS, good_row(1), good_row(2, **{"Maa": "Mordor"})))

    with pytest.raises(Invalid):
        enter(event, make_user(), sheet.id, dry_run(event, sheet).mark)

    assert everybody(event) == []


def test_the_same_file_again_changes_nothing(app: Flask) -> None:
    event = make_event()
    file = xlsx(TITLE, HEADINGS, good_row(1), good_row(2))
    bring_in(event, file)

    run = dry_run(event, sheet_of(event, file))

    assert run.counts == {"error": 0, "new": 0, "update": 0, "unchanged": 2}


def test_a_changed_row_changes_the_person_field_by_field_and_the_log_says_so(app: Flask) -> None:
    event = make_event()
    home = make_organisation("Pohjolan Kierto Oy")
    user = make_user("Aino", email="aino@kierto.example")
    aino = make_participant(event, "Aino", user=user, organisation=home)
    file = csv(
        ["Name", "E-mail", "Organisation", "Job title", "Country", "Offers", "Tags", "Phone"],
        [
            "Aino N",
            "AINO@kierto.example",
            "Pohjolan Kierto",
            "CEO",
            "SE",
            "Drying | Tailings",
            "vip, speaker",
            "",
        ],
    )

    counted = bring_in(event, file)

    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.subject == aino.ref)).one()
    whole = select(AuditEntry.details).where(AuditEntry.action == "people imported")
    assert db.session.scalars(whole).all() == [{"new": 0, "changed": 1}]
    assert counted == (0, 1)
    assert (aino.name, aino.job_title, aino.country, aino.status) == (
        "Aino N",
        "CEO",
        "SE",
        "approved",
    )
    assert db.session.scalars(select(Item.title).order_by(Item.position)).all() == [
        *("Drying", "Tailings"),
    ]
    assert db.session.scalars(select(Tag.tag).order_by(Tag.tag)).all() == ["speaker", "vip"]
    assert entry.details == {
        "name": ["Aino", "Aino N"],
        "job_title": ["", "CEO"],
        "country": ["FI", "SE"],
        "offers": ["", "Drying, Tailings"],
        "tags": ["", "speaker, vip"],
    }


def test_a_size_is_a_word_or_how_many_work_there(app: Flask) -> None:
    written = ("<0", "10", "50–249", "<250", "1 200", "250+", "Pieni", "suuri")

    assert [cells.size(each) for each in written] == [
        *("micro", "small", "medium", "medium", "large", "large", "small", "large")
    ]
    for other in ("about ten", "1-249", "250-49"):
        with pytest.raises(NotRight, match="is no size of an organisation"):
            cells.size(other)


def test_a_size_that_nobody_has_said_is_filled_in_and_one_that_is_said_stays(app: Flask) -> None:
    event = make_event()
    said, unsaid, lone = map(make_organisation, ("Said Oy", "Unsaid Oy", "Lone Oy"))
    said.size = "large"
    for home in (said, unsaid, lone):
        user = make_user(home.name, email=f"{home.name.split()[0]}@kierto.example")
        make_participant(event, home.name, user=user, organisation=home)
    second = make_user("Second", email="second@kierto.example")
    make_participant(event, "Second", user=second, organisation=unsaid)
    newcomer = everybody(event)[2]
    newcomer.status, newcomer.organisation = Status.REGISTERING, None
    file = csv(
        ["Name", "E-mail", "Organisation", "Employees"],
        ["Said Oy", "said@kierto.example", "Said Oy", "5"],
        ["Unsaid Oy", "unsaid@kierto.example", "Unsaid Oy", "5"],
        ["Second", "second@kierto.example", "Unsaid Oy", "500"],
        ["Lone Oy", "lone@kierto.example", "Lone Oy", "20"],
        ["Newcomer", "newcomer@kierto.example", "New Oy", "120"],
    )

    assert bring_in(event, file) == (1, 3)

    assert (said.size, unsaid.size, lone.size) == ("large", "micro", "small")
    assert [one.organisation.size for one in everybody(event) if one.organisation][-1] == "medium"


def test_the_same_address_for_another_organisation_is_another_participant(app: Flask) -> None:
    event = make_event()
    bring_in(event, xlsx(HEADINGS, good_row(1)))

    counted = bring_in(event, xlsx(HEADINGS, good_row(1, Organisaatio="Lapin Liitto")))

    one, other = everybody(event)
    assert counted == (1, 0)
    assert (one.user_id, one.number, other.number) == (other.user_id, 1, 2)


def test_a_second_click_enters_nobody_twice(app: Flask) -> None:
    event = make_event()
    sheet = sheet_of(event, xlsx(HEADINGS, good_row(1)))
    mark = dry_run(event, sheet).mark
    enter(event, make_user(), sheet.id, mark)

    with pytest.raises(Conflict):
        enter(event, make_user(), sheet.id, mark)

    assert len(everybody(event)) == 1
    assert sheet.rows == []


def test_what_would_do_something_else_than_was_shown_is_not_done(app: Flask) -> None:
    event = make_event()
    sheet = sheet_of(event, xlsx(HEADINGS, good_row(1)))
    mark = dry_run(event, sheet).mark
    bring_in(event, xlsx(HEADINGS, good_row(1, Kielet="ruotsi")))

    with pytest.raises(Conflict):
        enter(event, make_user(), sheet.id, mark)

    assert everybody(event)[0].languages == ["sv"]


def test_columns_said_by_hand_are_remembered_with_the_next_file(app: Flask) -> None:
    event = make_event()
    file = csv(["Kuka", "Osoite", "Mistä"], ["Aino", "a@a.example", "Kierto"])
    sheet = sheet_of(event, file)
    before = sheet.columns
    understand(
        sheet,
        columns=["name", "email", "organisation"],
        status="approved",
        type_name="cluster",
        listed=True,
    )
    enter(event, make_user(), sheet.id, dry_run(event, sheet).mark)

    (aino,) = everybody(event)
    assert before == ["", "", ""]
    assert aino.type
    assert (aino.status, aino.type.name, aino.is_listed) == ("approved", "cluster", True)
    assert sheet_of(event, file).columns == ["name", "email", "organisation"]
