"""Fields of forms: label, help and error belong to the input, and nothing typed is lost."""

from flask import Flask
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, EmailField, RadioField, SelectMultipleField, StringField, widgets
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Email

from tests.components.conftest import Render
from tests.pages.html import Html

REMEDY = "This is not an address. It needs an @ and a domain, as in aino@example.fi."
KINDS = [SelectChoice("a", "Cluster"), SelectChoice("b", "SME")]
TIMES = [SelectChoice("1", "13:20"), SelectChoice("2", "13:40")]
FIELD = """
{%- from "components/field.html" import field -%}
{%- from "components/error_summary.html" import error_summary -%}
{{ error_summary(form) }}{{ field(form[name], tiles=tiles) }}
"""


class SampleForm(FlaskForm):
    email = EmailField("E-mail", [DataRequired(), Email(REMEDY)], description="Seen by few.")
    website = StringField("Website")
    kind = RadioField("Kind", choices=KINDS, validators=[DataRequired()])
    slots = SelectMultipleField(
        "Times",
        choices=TIMES,
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )
    agreed = BooleanField("Show my name", [DataRequired("Tick it, or leave the page.")])


def sent(
    app: Flask, render: Render, name: str, *, tiles: bool = False, **values: str | list[str]
) -> Html:
    with app.test_request_context():
        form = SampleForm(MultiDict(values), meta={"csrf": False})
        form.validate()
        return render(FIELD, form=form, name=name, tiles=tiles)


def unsent(app: Flask, render: Render, name: str) -> Html:
    with app.test_request_context():
        return render(FIELD, form=SampleForm(meta={"csrf": False}), name=name, tiles=False)


def test_label_and_help_belong_to_the_input(app: Flask, render: Render) -> None:
    piece = unsent(app, render, "email")

    (box,) = piece.find("//input")
    assert piece.texts("//label[@for='email']") == ["E-mail"]
    assert box.get("aria-describedby") == "email-help"
    assert piece.texts("//*[@id='email-help']") == ["Seen by few."]
    assert box.get("aria-invalid") is None
    assert piece.find("//*[@role='alert']") == []


def test_an_error_sits_at_its_field_and_keeps_what_was_typed(app: Flask, render: Render) -> None:
    piece = sent(app, render, "email", email="aino at example")

    (box,) = piece.find("//input")
    assert box.get("value") == "aino at example"
    assert box.get("aria-invalid") == "true"
    assert box.get("aria-describedby") == "email-help email-error"
    assert piece.texts("//*[@id='email-error']") == [REMEDY]


def test_what_may_stay_empty_says_so(app: Flask, render: Render) -> None:
    assert unsent(app, render, "website").texts("//label") == ["Website (optional)"]


def test_radio_buttons_are_a_group_named_by_its_legend(app: Flask, render: Render) -> None:
    piece = sent(app, render, "kind", kind="b")

    assert piece.texts("//fieldset/legend") == ["Kind"]
    assert [box.get("value") for box in piece.find("//input[@checked]")] == ["b"]
    assert piece.texts("//fieldset//label") == ["Cluster", "SME"]


def test_times_are_checkboxes_each_with_its_label(app: Flask, render: Render) -> None:
    piece = sent(app, render, "slots", tiles=True, slots=["2"])

    boxes = piece.find("//*[contains(@class, 'choices--tiles')]//input[@type='checkbox']")
    assert [(box.get("value"), box.get("checked") is not None) for box in boxes] == [
        ("1", False),
        ("2", True),
    ]
    assert [label.get("for") for label in piece.find("//fieldset//label")] == [
        box.get("id") for box in boxes
    ]


def test_an_unticked_consent_explains_itself(app: Flask, render: Render) -> None:
    piece = sent(app, render, "agreed")

    assert piece.texts("//label[@for='agreed']") == ["Show my name"]
    assert piece.texts("//*[@id='agreed-error']") == ["Tick it, or leave the page."]
    assert piece.find("//input[@id='agreed']/@aria-describedby") == ["agreed-error"]


def test_the_summary_leads_to_each_field_that_is_wrong(app: Flask, render: Render) -> None:
    piece = sent(app, render, "email", email="aino at example", kind="a")

    links = {link.get("href"): "".join(link.itertext()) for link in piece.find("//ul//a")}
    assert piece.texts("//*[@role='alert']/h2") == ["2 things to put right"]
    assert links == {
        "#email": f"E-mail: {REMEDY}",
        "#agreed": "Show my name: Tick it, or leave the page.",
    }
