"""A person at a browser: opens pages, and on each one checks what every page must keep."""

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"


# What a page is made of, without its words: axe finds the same in two that are made alike.
MAKE = """[...document.querySelectorAll('*')].map(element =>
    [element.tagName, element.className, element.getAttribute('aria-pressed')].join('.')).join()"""


class Visitor:
    """One person with a browser window of their own, so with a session of their own.

    `seen` holds the makes of pages that axe has looked at; several visitors may share it.
    """

    def __init__(self, browser: Browser, url: str, width: int, seen: set[str]) -> None:
        self.url, self.seen = url, seen
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        context = browser.new_context(viewport={"width": width, "height": 800}, locale="en-GB")
        context.set_default_timeout(15_000)
        self.page: Page = context.new_page()
        self.page.on("request", self._note_request)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else f"{self.url}{path}")
        self.check()

    def press(self, name: str, *, role: str = "button", exact: bool = True) -> None:
        """Press a button or follow a link by its name, and look at the page that comes."""
        self.page.get_by_role(role, name=name, exact=exact).first.click()  # type: ignore[arg-type]
        self.page.wait_for_load_state("networkidle")
        self.check()

    def write(self, label: str, text: str, *, exact: bool = False) -> None:
        self.page.get_by_label(label, exact=exact).first.fill(text)

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_label(label).first.select_option(label=option)

    def tick(self, label: str) -> None:
        self.page.get_by_label(label).first.check()

    @property
    def heading(self) -> str:
        return " ".join(self.page.locator("h1").inner_text().split())

    @property
    def text(self) -> str:
        return " ".join(self.page.locator("main").inner_text().split())

    def check(self) -> None:
        """No request to another host, no complaint of the browser, no finding of axe."""
        assert self.strangers == [], f"requests to other hosts: {self.strangers}"
        assert self.complaints == [], f"the browser complains: {self.complaints}"
        assert self.sideways() <= 0, f"{self.page.url} scrolls sideways by {self.sideways()} px"
        assert self.axe_findings() == [], self.page.url

    def sideways(self) -> int:
        width: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return width

    def axe_findings(self) -> list[str]:
        """What axe-core finds against WCAG 2.2 AA and its best practices, one line each."""
        make = self.page.evaluate(MAKE)
        if make in self.seen:
            return []
        self.seen.add(make)
        self.page.evaluate(AXE.read_text())
        results = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{finding['id']}: {finding['help']} at {node['target']}"
            for finding in results["violations"]
            for node in finding["nodes"]
        ]

    def _note_request(self, request: Request) -> None:
        host = urlsplit(request.url).netloc
        if host and host != urlsplit(self.url).netloc:
            self.strangers.append(request.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)
