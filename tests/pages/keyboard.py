"""A visitor without a mouse: reaches everything by Tab, and sees where the focus is."""

from playwright.sync_api import Locator

from tests.pages.visitor import Visitor

MOST_STOPS = 150
FOCUSED = "element => element === document.activeElement"
# A mark around what holds the focus; of a radio button or a box, around its tile.
SEEN = """() => {
    const at = document.activeElement;
    const around = [at, at.nextElementSibling, at.parentElement, at.closest('.choice')];
    return at === document.body || around.some(each => {
        const style = each && getComputedStyle(each);
        return style && ((style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
            || style.boxShadow !== 'none');
    });
}"""
WHERE = "document.activeElement.outerHTML.slice(0, 160)"
SAME_GROUP = """element => document.activeElement.type === 'radio'
    && document.activeElement.name === element.name"""


class KeyboardVisitor(Visitor):
    """Every stop of Tab on the way must show that it holds the focus."""

    def reach(self, found: Locator) -> None:
        for _stop in range(MOST_STOPS):
            if found.evaluate(FOCUSED) or found.evaluate(SAME_GROUP):
                return
            self.page.keyboard.press("Tab")
            assert self.page.evaluate(SEEN), f"no visible focus: {self.page.evaluate(WHERE)}"
        raise AssertionError(f"Tab does not reach {found}")

    def _activate(self, found: Locator) -> None:
        self.reach(found)
        self.page.keyboard.press("Enter")

    def _type(self, found: Locator, text: str) -> None:
        self.reach(found)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def _select(self, found: Locator, option: str) -> None:
        self.reach(found)
        for _option in range(MOST_STOPS):
            if found.evaluate("element => element.selectedOptions[0].label.trim()") == option:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The keys do not reach {option}")

    def _tick(self, found: Locator, *, ticked: bool) -> None:
        self.reach(found)
        for _option in range(MOST_STOPS):
            if found.evaluate(FOCUSED):
                break
            self.page.keyboard.press("ArrowDown")
        if found.is_checked() != ticked:
            self.page.keyboard.press("Space")
        assert found.is_checked() == ticked
