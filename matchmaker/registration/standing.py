"""Where a participant stands, in a sentence, and the one thing to do next."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.events.said import said
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.on_behalf import acts_on_behalf
from matchmaker.registration.steps import next_url


@dataclass(frozen=True, slots=True)
class Standing:
    """`title` says the state, `text` what it means, `url` and `label` lead on."""

    title: str
    text: str
    url: str = ""
    label: str = ""


def standing_of(event: Event, me: Participant) -> Standing:
    if me.is_approved:
        return _approved(event)
    return {
        Status.REGISTERING: _registering,
        Status.PENDING: _pending,
        Status.WAITING: _waiting,
        Status.REJECTED: _rejected,
        Status.WITHDRAWN: _withdrawn,
    }[Status(me.status)](event, me)


def _registering(event: Event, me: Participant) -> Standing:
    if not event.takes_registrations:
        return Standing(_("Registration is closed"), _closed(event))
    text = _("What you entered is saved. Step %(step)d of 3 is next.", step=me.step)
    return Standing(
        _("Your registration is not sent yet"), text, next_url(event, me), _("Go on registering")
    )


def _pending(event: Event, me: Participant) -> Standing:
    text = _(
        "The organiser looks at each registration. You get a mail with the answer; until then you"
        " can change everything you entered."
    )
    return Standing(
        _("Your registration waits for the organiser"),
        text,
        url_for("marketplace.edit", slug=event.slug),
        _("Improve your offers and needs"),
    )


def _waiting(event: Event, me: Participant) -> Standing:
    text = _(
        "All places are taken. Who has waited longest comes in as soon as one is free, and gets a"
        " mail at once; you need do nothing."
    )
    url = url_for("marketplace.edit", slug=event.slug)
    return Standing(_("You are on the waiting list"), text, url, _("Improve your offers and needs"))


def _rejected(event: Event, me: Participant) -> Standing:
    text = _(
        "If you want to know why, or think it is a mistake, write to %(address)s.",
        address=event.organiser_email,
    )
    return Standing(_("The organiser could not accept your registration"), text)


def _withdrawn(event: Event, me: Participant) -> Standing:
    if not event.takes_registrations:
        return Standing(_("You have withdrawn"), _closed(event))
    text = _("What you entered is kept. If you can come after all, go through the steps again.")
    url = url_for("registration.you", slug=event.slug)
    return Standing(_("You have withdrawn"), text, url, _("Register again"))


def _approved(event: Event) -> Standing:
    slug = event.slug
    if event.is_over and not acts_on_behalf():
        text = _("Say what came of your meetings. A few ticks are enough.")
        url, label = url_for("followup.after", slug=slug), _("After the event: what came of it")
        return Standing(_("The event is over"), text, url, label)
    if event.shows_agenda:
        text = _("The agenda is published: when, where and with whom you meet.")
        return Standing(_("You are in"), text, url_for("agenda.show", slug=slug), _("My agenda"))
    if event.takes_wishes:
        text = _("Now say whom you want to meet. About ten wishes make a good agenda.")
        people = url_for("people.index", slug=slug)
        return Standing(_("You are in"), text, people, _("Find people to meet"))
    if event.phase == Phase.SCHEDULING:
        text = _("The agendas are being made. You get a mail when yours is ready.")
        return Standing(_("You are in"), text)
    text = _("Wishes open later. Until then, make your offers and needs as concrete as you can.")
    items = url_for("marketplace.edit", slug=slug)
    return Standing(_("You are in"), text, items, _("Improve your offers and needs"))


def _closed(event: Event) -> str:
    sentence: str = _(
        "%(event)s takes no registrations now. Write to %(address)s if you still want to come.",
        event=said(event, "name"),
        address=event.organiser_email,
    )
    return sentence
