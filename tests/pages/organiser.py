"""What an organiser does in the browser, in their own words."""

import re

from playwright.sync_api import FilePayload, Locator

from tests.pages.visitor import Visitor


class OrganiserAtBrowser:
    def __init__(self, visitor: Visitor, slug: str) -> None:
        self.visitor, self.slug = visitor, slug

    def signs_in(self, link: str) -> None:
        self.visitor.open(link)
        self.visitor.press("Continue")

    def approves_everybody(self) -> None:
        self._open("people")
        self.visitor.press("Approve all who wait")

    def moves_to_the_next_phase(self) -> None:
        self._open("settings")
        self.visitor.press("Move on to this")

    def makes_the_agenda(self) -> None:
        """Start a run and watch it until its result is there."""
        self._open("scheduling")
        self.visitor.press("Make the agenda")
        self.visitor.page.get_by_role("heading", level=1, name=re.compile("meeting")).wait_for(
            timeout=60_000
        )
        self.visitor.page.wait_for_load_state()
        self.visitor.check()

    def publishes(self) -> None:
        self.visitor.press("Review and publish", role="link")
        self.visitor.press("Publish", exact=False)

    def looks_at(self, *pages: str) -> None:
        for page in pages:
            self._open(page)

    def hands_in(self, name: str, file: bytes) -> None:
        """Give a table of people to be read."""
        self._open("people/import")
        kept: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": file}
        self.visitor.page.locator("input[type=file]").set_input_files(kept)
        self.visitor.press("Read the file")

    def nudges(self, number: str) -> None:
        """Write to those of a line of the health board."""
        self._open("health")
        self.visitor.press(f"Write to these {number}")
        self.visitor.press("Send")

    def asks_why(self, one: str, other: str) -> None:
        self.visitor.press("Ask why two meet or not", role="link")
        self.visitor.choose("One person", one)
        self.visitor.choose("The other", other)
        self.visitor.press("Ask why")
        self.visitor.page.locator("#cost:not(:has(a))").wait_for(state="attached")

    def moves_a_meeting(self, card: int) -> set[str]:
        """By keyboard, to the first place that can be had; whom it concerns."""
        self._open("grid")
        self._enter(self.visitor.page.locator("[data-card]").nth(card))
        people = self.visitor.page.get_by_label("Chosen meeting").get_by_role("heading")
        target = self.visitor.page.locator("button.cell--possible, button.cell--costly").first
        concerned = _concerned(people.inner_text(), target.get_attribute("title") or "")
        self._enter(target)
        return concerned

    def drags_a_meeting(self, card: int) -> set[str]:
        """With the mouse, to the first place that can be had; whom it concerns."""
        self._open("grid")
        page = self.visitor.page
        held = page.locator("[data-card]").nth(card)
        held.hover()
        page.mouse.down()
        page.mouse.move(0, 0)
        target = page.locator("[data-level=possible], [data-level=costly]").first
        target.hover()
        says = page.locator("[data-says]")
        concerned = _concerned(held.get_attribute("title") or "", says.inner_text())
        self.visitor.answered(page.mouse.up)
        self.visitor.check()
        return concerned

    def publishes_the_changes(self) -> None:
        self.visitor.press("Review and publish", role="link")
        self.visitor.press("Publish and tell", exact=False)

    def says_what_happened(self, what: str, field: str, which: str) -> None:
        self._open("repair")
        self.visitor.tick(what)
        self.visitor.page.get_by_role("combobox", name=field).select_option(label=which)
        self.visitor.press("Note it")

    def repairs(self) -> None:
        """Have the ways worked out, and publish the one with the fewest changes."""
        self.visitor.press("Work out the repair")
        publish = self.visitor.page.get_by_role("button", name=re.compile("Publish and tell"))
        publish.wait_for(timeout=60_000)
        self.visitor.page.wait_for_load_state()
        self.visitor.check()
        self.visitor.press_at(publish)

    def _enter(self, found: Locator) -> None:
        """Press the key on what holds the focus."""
        found.focus()
        self.visitor.answered(lambda: self.visitor.page.keyboard.press("Enter"))
        self.visitor.check()

    def _open(self, page: str) -> None:
        self.visitor.open(f"/e/{self.slug}/organise/{page}")


def _concerned(people: str, why: str) -> set[str]:
    """The two of a meeting, and the two of the meeting it swaps places with."""
    swaps = re.match("Swap with (.*?)[.]", why)
    names = " and ".join([people, *(swaps.groups() if swaps else ())])
    return set(names.split(" and "))
