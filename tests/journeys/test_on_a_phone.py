"""From registering to the entry in the calendar on a phone of 360 px, in Finnish and in English."""

from tests.journeys.stage import Site, Stage


def test_a_small_company_in_finnish(site: Site) -> None:
    stage = Stage(site, "suomeksi")
    phone = stage.visitor(360, locale="fi-FI")
    aino, address = stage.participant(phone), "aino@kierto.example"

    aino.registers("Aino Niskala", address, "Pohjolan Kierto Oy", "SME", "SME", "Rikastushiekka")
    assert phone.heading == "Ilmoittautumisesi odottaa järjestäjää"
    stage.lets_everybody_in()
    stage.asks("Marek Zieliński", "Aino Niskala")
    assert stage.mails(address)[0].subject == "Tapaamispyyntö: Marek Zieliński"
    aino.accepts_by_the_mailed_link(stage.newest_link(address))
    aino.opens_the_agenda()

    assert phone.page.locator("html").get_attribute("lang") == "fi"
    assert "Marek Zieliński" in phone.text
    assert aino.calendar() == {"Tapaaminen: Marek Zieliński, Silesia Mining Cluster suomeksi"}
    phone.leave()


def test_a_policymaker(site: Site) -> None:
    """Answers from the mail alone: in a window where nobody has signed in, with another time."""
    stage = Stage(site, "policy")
    phone, mail_program = stage.visitor(360), stage.visitor(360)
    saara, address = stage.participant(phone), "saara@lapland.example"

    saara.registers(
        "Saara Levänen", address, "Regional Council", "Public authority", "policymaker", "Permits"
    )
    stage.lets_everybody_in()
    saara.asks_to_meet("Claire Vidal", "About permits for our pilot")
    stage.asks("Marek Zieliński", "Saara Levänen")
    mail_program.open(stage.newest_link(address))
    assert mail_program.heading == "Marek Zieliński asks to meet you"
    mail_program.unfold("Propose a time")
    mail_program.tick("13:20")
    mail_program.press("Propose these times")
    stage.chooses_the_first_time("Marek Zieliński", "Saara Levänen")
    saara.opens_the_agenda()

    assert "13:20" in phone.text
    assert saara.calendar() == {"Meeting with Marek Zieliński, Silesia Mining Cluster policy"}
    mail_program.open(f"/e/{stage.slug}/agenda")
    assert mail_program.heading == "Sign in"
    phone.leave()
    mail_program.leave()
