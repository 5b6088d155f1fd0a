"""What a participant does in the browser, in their own words."""

from collections.abc import Callable

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

    def says_who_they_are(self, *, organisation: str, kind: str, comes_as: str) -> None:
        visitor = self.visitor
        visitor.write("Organisation", organisation)
        details = visitor.page.locator("details.panel").first
        if not details.evaluate("element => element.open"):
            details.locator("summary").click()
        visitor.choose("Kind of organisation", kind)
        visitor.write("Country", "Finland")
        visitor.page.get_by_role("radio", name=comes_as, exact=True).check()
        visitor.tick("English")
        visitor.tick("Other participants may see me")
        visitor.press("Save and continue")

    def offers_and_needs(self, *, offer: str, need: str) -> None:
        self._fill_last("offers", offer)
        self._fill_last("needs", need)
        self.visitor.press("Save and continue")

    def sends_the_registration(self, *, off: str) -> None:
        """Take one time off and send."""
        self.visitor.page.get_by_label(f"I can meet at {off}").uncheck()
        self.visitor.press("Send your registration")

    def opens_people(self) -> None:
        self.visitor.open(f"/e/{self.slug}/people")

    def wishes(self, name: str, word: str) -> None:
        """Press must, want or no on somebody's card, and wait until it shows."""
        card = self.card_of(name)
        card.get_by_role("button", name=word).click()
        card.locator("[aria-pressed=true]").wait_for()
        self.visitor.check()

    def asks_to_meet(self, name: str, note: str) -> None:
        self.opens_people()
        self.card_of(name).get_by_role("link", name=name).click()
        self.visitor.page.wait_for_load_state("networkidle")
        self.visitor.check()
        self.visitor.write("A note to them", note)
        self.visitor.press("Send the request")

    def accepts_the_request(self) -> None:
        self.visitor.open(f"/e/{self.slug}/requests")
        self.visitor.press("Accept")

    def opens_the_agenda(self) -> None:
        self.visitor.open(f"/e/{self.slug}/agenda")

    def card_of(self, name: str) -> Locator:
        return self.visitor.page.locator("[data-person]").filter(has_text=name).first

    def _fill_last(self, section: str, title: str) -> None:
        part = self.visitor.page.locator(f"section[aria-labelledby={section}]")
        part.get_by_label("In a few words").last.fill(title)
        part.get_by_label("Topic").last.select_option(label="Raw materials")
