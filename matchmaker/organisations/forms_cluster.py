"""The form of a cluster profile."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, Form, IntegerField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from matchmaker.fields import TOO_LONG, DayField, LineField, ParagraphsField, differing, label_of
from matchmaker.organisations.forms import web_address
from matchmaker.organisations.labels_cluster import (
    CRITERIA,
    FIELD_NAMES,
    LABEL_NAMES,
    MEMBER_KINDS,
)
from matchmaker.organisations.models_cluster import ClusterProfile
from matchmaker.own_text_fields import OtherLanguages, add_languages, said_in_languages

LONGEST_TEXT = 4000
LONGEST_EVIDENCE = 500
MOST_MEMBERS = 100_000
TEXTS = ("strategy", "services")
SAID = {"": _l("Not said"), "met": _l("Met"), "not met": _l("Not met")}


def _choices(words: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice(*each) for each in words.items()]


def _line(name: str, most: int, *checks: Any, **options: Any) -> LineField:
    validators = [Length(max=most, message=TOO_LONG), *checks]
    return LineField(FIELD_NAMES[name], validators=validators, **options)


def _text(name: str, help_text: str) -> ParagraphsField:
    limits = [Length(max=LONGEST_TEXT, message=TOO_LONG)]
    return ParagraphsField(FIELD_NAMES[name], description=help_text, validators=limits)


def _day(name: str) -> DayField:
    return DayField(FIELD_NAMES[name], validators=[Optional()])


class ClusterForm(FlaskForm):
    seen = IntegerField(default=0, widget=HiddenInput())
    director = _line("director", 120)
    services = _text("services", _l("What members get from the cluster."))
    strategy = _text("strategy", _l("What the cluster is after in the next years."))
    strategy_link = _line("strategy_link", 300, web_address)
    label = SelectField(
        FIELD_NAMES["label"], default="", choices=_choices({"": _l("None"), **LABEL_NAMES})
    )
    label_by = _line("label_by", 160, description=_l("Who granted the label."))
    label_from = _day("label_from")
    label_until = _day("label_until")

    @classmethod
    def of(cls, profile: ClusterProfile | None) -> "ClusterForm":
        """As it is saved, whatever is sent."""
        return cls(formdata=None, data=_said_of(profile) if profile is not None else {})

    @property
    def members(self) -> list[Field]:
        return [self[_member(kind)] for kind in MEMBER_KINDS]

    @property
    def criteria(self) -> list[tuple[str, Field, Field]]:
        """What each asks, the answer and the evidence."""
        return [
            (str(words), self[f"criterion_{name}"], self[f"evidence_{name}"])
            for name, words in CRITERIA.items()
        ]

    @property
    def elsewhere(self) -> dict[str, OtherLanguages]:
        return {name: OtherLanguages(self, name) for name in TEXTS}

    def differing(self, saved: ClusterProfile) -> list[tuple[str, str, str]]:
        """The name of each field that is not as saved, with what stands here and what is saved."""
        return differing(self, self.of(saved), named=_named)

    def validate_label_by(self, field: LineField) -> None:
        if self.label.data and not field.data:
            raise ValidationError(_("Say who granted the label."))
        if field.data and not self.label.data:
            raise ValidationError(_("Choose the label that was granted, or empty this."))

    def validate(self, *arguments: Any, **options: Any) -> bool:
        fine = [super().validate(*arguments, **options), self._ends()]
        fine += [texts.check() for texts in self.elsewhere.values()]
        return all(fine)

    def _ends(self) -> bool:
        """Asked apart: an empty day is passed over by the checks of its field."""
        starts, ends = self.label_from.data, self.label_until
        if self.label.data and not ends.data and not ends.errors:
            ends.errors = [_("Say until when the label holds.")]
        elif ends.data and starts and ends.data < starts:
            ends.errors = [_("The label would end before it begins.")]
        return not ends.errors

    def given(self) -> dict[str, Any]:
        """The columns of the profile."""
        lines = ("director", "services", "strategy", "strategy_link", "label", "label_by")
        columns: dict[str, Any] = {name: self[name].data or "" for name in lines}
        for texts in self.elsewhere.values():
            columns |= texts.given
        numbers = {kind: self[_member(kind)].data for kind in MEMBER_KINDS}
        days = {name: self[name].data for name in ("label_from", "label_until")}
        return columns | {
            "members": {kind: number for kind, number in numbers.items() if number},
            "criteria": {name: said for name in CRITERIA if (said := self._said(name))},
            **(days if columns["label"] else dict.fromkeys(days)),
        }

    def _said(self, name: str) -> dict[str, Any]:
        answer, evidence = self[f"criterion_{name}"].data, self[f"evidence_{name}"].data or ""
        return {"met": answer == "met", "evidence": evidence} if answer else {}


def _member(kind: str) -> str:
    return f"members_{kind.replace(' ', '_')}"


def _named(field: Field) -> str:
    """Fields of a criterion or of a text's other languages are named after it too."""
    kind, _, rest = field.name.partition("_")
    whole = CRITERIA.get(rest) if kind in ("criterion", "evidence") else None
    if kind in TEXTS and field.name not in FIELD_NAMES:
        whole = FIELD_NAMES[kind]
    return f"{whole} · {label_of(field)}" if whole else label_of(field)


def _said_of(profile: ClusterProfile) -> dict[str, Any]:
    said = {name: getattr(profile, name) for name in FIELD_NAMES}
    said["seen"] = profile.version
    said |= {_member(kind): number for kind, number in profile.members.items()}
    for name in TEXTS:
        language, texts = (getattr(profile, f"{name}_{part}") for part in ("language", "texts"))
        said |= said_in_languages(name, language, texts)
    for name, told in profile.criteria.items():
        said[f"criterion_{name}"] = "met" if told["met"] else "not met"
        said[f"evidence_{name}"] = told["evidence"]
    return said


def _add_rows(form: type[Form]) -> None:
    """A number a kind of member, and two fields a criterion."""
    for kind, words in MEMBER_KINDS.items():
        limits = NumberRange(0, MOST_MEMBERS, _l("Write a number from %(min)s to %(max)s."))
        setattr(form, _member(kind), IntegerField(words, validators=[Optional(), limits]))
    for name in CRITERIA:
        answer = SelectField(_l("Is it met?"), default="", choices=_choices(SAID))
        setattr(form, f"criterion_{name}", answer)
        evidence = LineField(
            _l("Evidence"), validators=[Length(max=LONGEST_EVIDENCE, message=TOO_LONG)]
        )
        setattr(form, f"evidence_{name}", evidence)
    for name in TEXTS:
        add_languages(form, name, LONGEST_TEXT)


_add_rows(ClusterForm)
