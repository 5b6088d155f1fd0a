"""What a participant does in the browser, in their own words."""

from collections.abc import Callable
from urllib.request import urlopen

import icalendar
from playwright.sync_api import Locator

from tests.pages.visitor import Visitor

LinkFor = Callable[[str], str]


class ParticipantAtBrowser:
    """Goes the way of a newcomer; `newest_link` finds the link last mailed to an address."""

    def __init__(self, visitor: Visitor, slug: str, newest_link: LinkFor) -> None:
        self.visitor, self.slug, self.newest_link = visitor, slug, newest_link

    def asks_to_register(self, name: str, email: str) -> None:
        visitor = self.visitor
        visitor.open(f"/e/{self.slug}/")
        visitor.press("Register", role="link", exact=False)
        visitor.write("Your name", name)
        visitor.write("E-mail", email)
        visitor.press("Mail me the link")

    def opens_the_mailed_link(self, email: str) -> None:
        self.visitor.open(self.newest_link(email))
        self.visitor.press("Continue")

    def registers(
        self, name: str, email: str, organisation: str, kind: str, comes_as: str, words: str
    ) -> None:
        """From the event's page to the registration sent."""
        self.asks_to_register(name, email)
        self.opens_the_mailed_link(email)
        self.takes_the_steps(organisation, kind, comes_as, words)

    def takes_the_steps(self, organisation: str, kind: str, comes_as: str, words: str) -> None:
        self.says_who_they_are(organisation=organisation, kind=kind, comes_as=comes_as)
        self.offers_and_needs(offer=f"{words}, by {organisation}", need=words)
        self.sends_the_registration()

    def says_who_they_are(self, *, organisation: str, kind: str, comes_as: str) -> None:
        visitor = self.visitor
        visitor.write("Organisation", organisation)
        visitor.unfold("It is not in the list yet: tell us about it")
        visitor.choose("Kind of organisation", visitor.word(kind))
        visitor.write("Country", "Finland")
        visitor.tick(visitor.page.get_by_role("radio", name=comes_as, exact=True))
        visitor.tick(visitor.page.locator("[name=languages][value=en]"))
        visitor.tick("Other participants may see me")
        visitor.press("Save and continue")

    def offers_and_needs(self, *, offer: str, need: str) -> None:
        self._fill_last("offers", offer)
        self._fill_last("needs", need)
        self.visitor.press("Save and continue")

    def sends_the_registration(self) -> None:
        """Take the last time off and send."""
        self.visitor.tick(self.visitor.page.locator("#free [type=checkbox]").last, off=True)
        self.visitor.press("Send your registration")

    def adds_an_organisation(self, attendee: str | None) -> None:
        """One more to act for; without a name the holder attends for it too."""
        visitor = self.visitor
        visitor.open(f"/e/{self.slug}/acting")
        visitor.press("Add an organisation", role="link")
        if attendee is None:
            visitor.tick("I do: never two of my meetings at the same time")
        else:
            visitor.tick("Somebody else, and I look after their place")
            visitor.write("Their name", attendee)
        visitor.press("Continue")

    def acts_for(self, organisation: str) -> None:
        self.visitor.open(f"/e/{self.slug}/acting")
        button = self._listed(organisation).get_by_role("button", name="Act for it")
        if button.count():
            self.visitor.press_at(button)

    def hands_over(self, organisation: str, address: str) -> None:
        self.visitor.open(f"/e/{self.slug}/acting")
        self.visitor.press_at(self._listed(organisation).get_by_role("link", name="Hand over"))
        self.visitor.write("Their e-mail", address)
        self.visitor.press("Mail them the link")

    def _listed(self, organisation: str) -> Locator:
        return self.visitor.page.locator(".acting-item").filter(has_text=organisation)

    def opens_people(self) -> None:
        self.visitor.open(f"/e/{self.slug}/people")

    def wishes(self, name: str, word: str) -> None:
        """Press must, want or no on somebody's card, which then shows it."""
        card = self.card_of(name)
        self.visitor.press_at(card.locator(f".wish-button--{word.lower()}"))
        pressed = self.card_of(name).locator("[aria-pressed=true]")
        assert pressed.inner_text().strip().startswith(self.visitor.word(word))

    def asks_to_meet(self, name: str, note: str) -> None:
        self.opens_people()
        self.visitor.press(name, role="link", exact=False, on=self.card_of(name))
        self.visitor.write("A note to them", note)
        self.visitor.press("Send the request")

    def accepts_the_request(self) -> None:
        self.visitor.open(f"/e/{self.slug}/requests")
        self.visitor.press("Accept")

    def accepts_by_the_mailed_link(self, link: str) -> None:
        self.visitor.open(link)
        self.visitor.press("Accept")

    def opens_the_agenda(self) -> None:
        self.visitor.open(f"/e/{self.slug}/agenda")

    def calendar(self) -> set[str]:
        """The titles in the calendar downloaded; the feed to subscribe to holds the same."""
        downloaded = titles_in(self.visitor.download("Download .ics"))
        address = self.visitor.page.locator("#feed").input_value()
        with urlopen(address) as answer:  # noqa: S310 - our own address
            assert titles_in(answer.read()) == downloaded
        return downloaded

    def card_of(self, name: str) -> Locator:
        return self.visitor.page.locator("[data-person]").filter(has_text=name).first

    def _fill_last(self, section: str, title: str) -> None:
        part = self.visitor.page.locator(f"section[aria-labelledby={section}] .item").last
        self.visitor.write("In a few words", title, on=part)
        self.visitor.choose("Topic", "Raw materials", on=part)


def titles_in(calendar: bytes) -> set[str]:
    events = icalendar.Calendar.from_ical(calendar).walk("VEVENT")
    return {str(entry["SUMMARY"]) for entry in events}
