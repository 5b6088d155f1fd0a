"""What an organiser does in the browser, in their own words."""

import re

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

    def _open(self, page: str) -> None:
        self.visitor.open(f"/e/{self.slug}/organise/{page}")
