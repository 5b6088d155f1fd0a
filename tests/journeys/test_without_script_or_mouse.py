"""From registering to the entry in the calendar without script, and by the keyboard alone."""

from tests.journeys.stage import Site, Stage
from tests.pages.keyboard import KeyboardVisitor
from tests.pages.visitor import ScriptlessVisitor, Visitor


def test_without_script(site: Site) -> None:
    walk(Stage(site, "scriptless"), ScriptlessVisitor, 360)


def test_by_the_keyboard_alone(site: Site) -> None:
    walk(Stage(site, "keyboard"), KeyboardVisitor, 1280)


def walk(stage: Stage, kind: type[Visitor], width: int) -> None:
    visitor = stage.visitor(width, kind)
    aino, address = stage.participant(visitor), f"aino@{stage.slug}.example"

    aino.registers("Aino Niskala", address, "Kierto Oy", "SME", "SME", "Dry tailings treatment")
    stage.lets_everybody_in()
    aino.opens_people()
    aino.wishes("Claire Vidal", "Want")
    aino.asks_to_meet("Claire Vidal", "About permits for our pilot")
    stage.accepts("Claire Vidal", "Aino Niskala")
    stage.asks("Marek Zieliński", "Aino Niskala")
    aino.accepts_by_the_mailed_link(stage.newest_link(address))
    aino.opens_the_agenda()

    assert aino.calendar() == {
        f"Meeting with Claire Vidal, Région Occitanie {stage.slug}",
        f"Meeting with Marek Zieliński, Silesia Mining Cluster {stage.slug}",
    }
    visitor.leave()
