"""A person at a browser: opens pages, and on each one checks what every page must keep."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from babel.support import NullTranslations, Translations
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request

ROOT = Path(__file__).parents[2]
AXE = ROOT / "tests" / "vendor" / "axe-core" / "axe.min.js"

# What a page is made of, without its words: every piece with all around it, what it is and has; the
# levels of the headings; the landmarks, and which kinds of them have one name twice. Where axe has
# seen each of them, at that width, only what single words or ids do is left to find.
MAKE = """(() => {
    const telling = /^(class|role|type|lang|aria-(?!label|describedby|controls|owns))/;
    const hash = text => [...text].reduce((sum, sign) => (sum * 31 + sign.codePointAt()) | 0, 7);
    const has = ({ name, value }) => telling.test(name) ? `${name}=${value}` : name;
    const speaks = ({ nodeType, data }) => nodeType === Node.TEXT_NODE && /\\S/.test(data);
    const found = new Set();
    const look = (piece, around) => {
        const own = [piece.tagName, ...[...piece.attributes].map(has).sort(),
            [...piece.childNodes].some(speaks)];
        const make = hash(around + own.join());
        found.add(make);
        for (const inner of piece.children) look(inner, make);
    };
    look(document.documentElement, innerWidth);
    const inOrder = kinds => kinds.filter((kind, at) => kind !== kinds[at - 1]).join();
    const kind = each => each.getAttribute('role') ?? each.tagName;
    const name = each => each.getAttribute('aria-label')
        ?? document.getElementById(each.getAttribute('aria-labelledby'))?.innerText ?? '';
    const landmarks = [...document.querySelectorAll('header, nav, main, aside, footer, section, '
        + '[role=region], [role=search]')].filter(each => each.tagName !== 'SECTION' || name(each));
    const named = landmarks.map(each => `${kind(each)} ${name(each)}`);
    const twice = landmarks.filter((each, at) => named.indexOf(named[at]) < at).map(kind).sort();
    found.add(hash(inOrder([...document.querySelectorAll('h1, h2, h3, h4')].map(kind))));
    found.add(hash(`${inOrder(landmarks.map(kind))} ${inOrder(twice)}`));
    return [...found];
})()"""
# A press is answered once there is another page, or once htmx has put its answer into this one;
# what htmx asks by itself while somebody types is no answer to a press.
WATCH = """window.answered = false;
document.addEventListener('htmx:afterSettle', ({ detail }) => {
    if (!detail.requestConfig.elt.matches('input')) window.answered = true;
});"""
ANSWERED = "() => window.answered !== false && document.readyState === 'complete'"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Nothing stands in frames here, and no rule that is on asks for the style sheets beforehand. What
# is in order, of a hundred rules, stays in the page.
AXE_RUN = """axe.run(document, {resultTypes: ['violations'], preload: false, iframes: false})
    .then(({ violations }) => violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target }) => `${id}: ${help} at ${target}`)))"""


@cache
def words_of(language: str) -> NullTranslations:
    return Translations.load(ROOT / "translations", [language])


class Visitor:
    """One person with a browser window of their own, so with a session of their own.

    `seen` holds what axe has looked at; several visitors may share it. Labels are given in English;
    the visitor looks for them in the language of the browser.
    """

    runs_script = True

    def __init__(
        self, browser: Browser, url: str, width: int, seen: set[int], *, locale: str = "en-GB"
    ) -> None:
        self.browser, self.url, self.seen = browser, url, seen
        self.language = locale[:2]
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            locale=locale,
            java_script_enabled=self.runs_script,
        )
        context.set_default_timeout(40_000)
        self.page: Page = context.new_page()
        self.page.on("request", self._note_request)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def leave(self) -> None:
        self.page.context.close()

    def word(self, english: str) -> str:
        """The word as this person's pages have it."""
        return english if self.language == "en" else words_of(self.language).gettext(english)

    def open(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else f"{self.url}{path}")
        self.check()

    def press(
        self, name: str, *, role: str = "button", exact: bool = True, on: Locator | None = None
    ) -> None:
        """Press a button or follow a link by its name, and look at the page that comes."""
        found = (on or self.page).get_by_role(role, name=self.word(name), exact=exact)  # type: ignore[arg-type]
        self.press_at(found.first)

    def press_at(self, found: Locator) -> None:
        self.answered(lambda: self._activate(found))
        self.check()

    def write(
        self, label: str, text: str, *, exact: bool = False, on: Locator | None = None
    ) -> None:
        self._type(self._field(label, on, exact=exact), text)

    def choose(self, label: str, option: str, *, on: Locator | None = None) -> None:
        self._select(self._field(label, on), option)

    def tick(self, what: str | Locator, *, off: bool = False) -> None:
        found = self._field(what, None) if isinstance(what, str) else what
        self._tick(found, ticked=not off)

    def unfold(self, summary: str) -> None:
        """Open what a heading folds away, if it is not open."""
        found = self.page.locator("summary").filter(has_text=self.word(summary)).first
        if not found.evaluate("element => element.parentElement.open"):
            self._activate(found)

    def download(self, link: str) -> bytes:
        with self.page.expect_download() as download:
            self._activate(self.page.get_by_role("link", name=self.word(link)).first)
        return download.value.path().read_bytes()

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
        sideways = self.page.evaluate(SIDEWAYS)
        assert sideways <= 0, f"{self.page.url} scrolls sideways by {sideways} px"
        found = self.axe_findings()
        assert found == [], f"{self.page.url}: {found}"

    def axe_findings(self) -> list[str]:
        """What axe-core finds against WCAG 2.2 AA and its best practices, one line each."""
        pieces = self.page.evaluate(MAKE)
        if self.seen.issuperset(pieces):
            return []
        self.seen.update(pieces)
        return self._look_at(self.page)

    def answered(self, act: Callable[[], None]) -> None:
        """Do something that the site answers, and wait for the answer to be on the page."""
        self.page.evaluate(WATCH)
        act()
        self.page.wait_for_function(ANSWERED)

    def _look_at(self, page: Page) -> list[str]:
        page.evaluate(AXE.read_text())
        found: list[str] = page.evaluate(AXE_RUN)
        return found

    def _field(self, label: str, on: Locator | None, *, exact: bool = False) -> Locator:
        return (on or self.page).get_by_label(self.word(label), exact=exact).first

    def _activate(self, found: Locator) -> None:
        found.click()

    def _type(self, found: Locator, text: str) -> None:
        found.fill(text)

    def _select(self, found: Locator, option: str) -> None:
        found.select_option(label=option)

    def _tick(self, found: Locator, *, ticked: bool) -> None:
        found.set_checked(ticked)

    def _note_request(self, request: Request) -> None:
        host = urlsplit(request.url).netloc
        if host and host != urlsplit(self.url).netloc:
            self.strangers.append(request.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


class ScriptlessVisitor(Visitor):
    """A visitor whose browser runs no script."""

    runs_script = False

    def answered(self, act: Callable[[], None]) -> None:
        with self.page.expect_navigation(wait_until="load"):
            act()

    def _type(self, found: Locator, text: str) -> None:
        is_list = found.evaluate("element => element.matches('select')")
        self._select(found, text) if is_list else super()._type(found, text)

    def _look_at(self, page: Page) -> list[str]:
        """axe is a script: it looks at the same page in a window that runs no other script."""
        context = self.browser.new_context(viewport=page.viewport_size)
        twin, html = context.new_page(), page.content()
        twin.route(re.compile(r"\.js(\?|$)"), lambda route: route.abort())
        twin.route(page.url, lambda route: route.fulfill(body=html, content_type="text/html"))
        twin.goto(page.url)
        found = super()._look_at(twin)
        context.close()
        return found
