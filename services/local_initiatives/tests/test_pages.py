"""The pages of the local initiatives service, as a browser without JavaScript meets them."""

import re

import pytest

from services.local_initiatives.app import SERVICE
from shared.testing.pages import Browser, assert_words

CENTRAL = ["S18-01", "S18-02"]


@pytest.fixture
def browser(local):
    return Browser(local.client)


def proposed(local, name, **more):
    """An initiative of EHA; its address."""
    body = {"external_id": name, "sector": "EHA", "title": f"Tiltaket {name}", **more}
    response = local.post("/initiatives", body)
    assert response.status_code == 201, response.text
    return f"/initiatives/EHA:{name}"


def offered(page):
    """The commands that an item's page links to."""
    names = ("revise", "anchor", "schedule", "reschedule", "start", "complete", "discontinue", "support")
    return [name for name in (*names, "withdraw-support", "report-status") if f'/{name}"' in page.text]


def test_every_word_is_there_in_both_languages():
    assert_words(SERVICE)


def test_a_sector_and_an_agency_are_registered_and_renamed_with_forms(local, browser):
    page = browser.send(browser.open("/sectors/new").form(), code="NYE", name="Ny sektor")
    assert "Sektoren er registrert." in page.text
    rename = browser.open("/sectors/NYE/rename").form()
    assert rename["name"] == "Ny sektor"
    page = browser.send(rename, name="Helt ny sektor", reason="Omorganisering")
    assert "Sektoren har fått nytt navn." in page.text
    assert "Begrunnelse: Omorganisering" in page.text
    page = browser.send(browser.open("/agencies/new?sector=NYE").form(), code="NYV", name="Ny virksomhet")
    assert "Virksomheten er registrert." in page.text
    assert "NYE Helt ny sektor" in page.text
    browser.send(browser.open("/agencies/NYV/rename").form(), name="Nyere virksomhet")
    assert local.get("/agencies/NYV")["name"] == "Nyere virksomhet"
    assert "Nyere virksomhet" in browser.open("/agencies?sector=NYE").text


def test_a_code_may_have_any_sign_in_it_and_its_page_is_found(browser):
    form = browser.open("/sectors/new").form()
    page = browser.send(form, code="Å#1?%2f", name="Merkelig kode")
    assert page.status == 200
    assert "<h1>Merkelig kode</h1>" in page.text
    [where] = re.findall(r'href="(/sectors/[^"]*)">Merkelig kode', browser.open("/sectors").text)
    assert "<h1>Merkelig kode</h1>" in browser.open(where).text


def test_a_code_that_is_taken_is_told_on_the_page(browser):
    page = browser.send(browser.open("/sectors/new").form(), code="EHA", name="En gang til")
    assert page.status == 409
    assert "Det finnes allerede en sektor med denne koden." in page.text
    assert page.form()["name"] == "En gang til"


def test_a_sector_leads_to_its_initiatives_and_agencies(local, browser):
    proposed(local, "P0")
    page = browser.open("/sectors/EHA")
    sector = local.get("/sectors/EHA")["id"]
    assert f'href="/initiatives?sector={sector}"' in page.text
    assert "Tiltaket P0" in browser.open(f"/initiatives?sector={sector}").text
    assert "Tiltaket P0" not in browser.open(f"/initiatives?sector={local.get('/sectors/FIN')['id']}").text


def test_an_initiative_goes_its_way_with_forms_and_only_what_can_be_done_is_offered(local, browser):
    always = ["revise", "support"]
    form = browser.open("/initiatives/new?sector=EHA").form()
    agency = local.get("/agencies/BSA")["id"]
    page = browser.send(form, title="Færre skjemaer", external_id="P1", agency=agency, responsible="Seksjon for drift")
    assert "Tiltaket er foreslått." in page.text
    assert "BSA Virksomheten BSA" in page.text
    assert offered(page) == ["revise", "anchor", "schedule", "discontinue", "support", "report-status"]

    where = "/initiatives/EHA:P1"
    anchor = browser.open(f"{where}/anchor").form()
    page = browser.send(anchor, where=["styringsdialog", "fagdialog"], on="2018-01-15")
    assert "Styringsdialogen<br>Fagdialogen" in page.text
    assert "15. januar 2018" in page.text
    browser.send(browser.open(f"{where}/schedule").form(), start="2018-02-01", end="2018-05-31")
    page = browser.send(browser.open(f"{where}/reschedule").form(), end="2018-06-30", reason="Ferie")
    assert "30. juni 2018" in page.text
    assert "Begrunnelse: Ferie" in page.text
    page = browser.send(browser.open(f"{where}/start").form(), on="2018-02-05")
    assert offered(page) == ["revise", "reschedule", "complete", "discontinue", "support", "report-status"]
    page = browser.send(browser.open(f"{where}/complete").form(), on="2018-06-29", effect="Ti skjemaer ble to")
    assert "Ti skjemaer ble to" in page.text
    assert offered(page) == always
    shown = local.get(where)
    assert shown["status"] == "completed"
    assert (shown["start"], shown["end"]) == ("2018-02-01", "2018-06-30")


def test_what_will_not_be_carried_out_is_discontinued(local, browser):
    where = proposed(local, "P2")
    page = browser.send(browser.open(f"{where}/discontinue").form(), reason="Ble en del av et annet")
    assert "Tiltaket er avsluttet." in page.text
    assert "Begrunnelse: Ble en del av et annet" in page.text
    assert local.get(where)["status"] == "discontinued"


def test_a_rule_says_no_on_the_page(local, browser):
    where = proposed(local, "P3")
    page = browser.send(browser.open(f"{where}/start").form())
    assert page.status == 409
    assert "forankres i styrings- og fagdialogen før det starter" in page.text
    page = browser.send(browser.open(f"{where}/anchor").form())
    assert page.status == 409
    assert 'href="#field-where"' in page.text
    page = browser.send(browser.open(f"{where}/schedule").form(), start="2018-05-02", end="2018-05-01")
    assert page.status == 422
    assert "Slutten er før starten." in page.text
    assert page.form()["start"] == "2018-05-02"


def test_an_agency_is_chosen_among_those_of_the_sector(local, browser):
    other = local.get("/agencies/KEM")["id"]
    assert other in browser.open("/initiatives/new").text
    assert other not in browser.open("/initiatives/new?sector=EHA").text
    page = browser.send(browser.open("/initiatives/new").form(), title="Feil sted", sector="EHA", agency=other)
    assert page.status == 409
    assert "Virksomheten hører til en annen sektor." in page.text
    revise = browser.open(f"{proposed(local, 'P4')}/revise")
    assert local.get("/agencies/BSA")["id"] in revise.text
    assert other not in revise.text


def test_a_support_is_withdrawn_by_choosing_among_those_that_there_are(local, browser):
    where = proposed(local, "P5", supports=CENTRAL)
    first, second = local.get(where)["supports"]
    page = browser.open(f"{where}/withdraw-support")
    assert first in page.text
    assert second in page.text
    page = browser.send(page.form(), central=first, reason="Går ikke sammen lenger")
    assert "Støtten er trukket." in page.text
    assert local.get(where)["supports"] == [second]
    page = browser.send(browser.open(f"{where}/withdraw-support").form(), central=second)
    assert "withdraw-support" not in offered(page)


def test_what_a_form_did_not_ask_for_is_not_looked_at(local, browser):
    where = proposed(local, "P51", supports=CENTRAL)
    [first, _] = local.get(where)["supports"]
    form = browser.open(f"{where}/withdraw-support").form()
    assert browser.send(form, central=first, supports="tull").status == 200
    assert first not in local.get(where)["supports"]


def test_a_central_initiative_may_be_supported_before_it_is_known_here(local, browser):
    where = proposed(local, "P6")
    form = browser.open(f"{where}/support").form()
    page = browser.send(form, **{"central.find": "S18-09", "_find": "central"})
    assert "Ingenting her heter «S18-09»." in page.text
    page = browser.send(page.form(), central="S18-09", **{"central.find": ""})
    assert "Tiltaket støtter det sentrale tiltaket." in page.text
    assert len(local.get(where)["supports"]) == 1


def test_who_took_part_and_what_was_learnt_stand_on_the_page_of_the_initiative(local, browser):
    where = proposed(local, "P7")
    form = browser.open(f"{where}/record-participation").form()
    who = ["residents", "safety_representatives"]
    page = browser.send(form, phase="idea", who=who, on="2018-03-01", sentence="Brukerne ville ha én dør")
    for said in ("1. mars 2018", "Innbyggere, Verneombud", "Idé", "Brukerne ville ha én dør"):
        assert said in page.text
    form = browser.open(f"{where}/share-learning").form()
    page = browser.send(form, text="Spør brukerne først.", tags="Brukere\nSkjema")
    assert "Spør brukerne først. · brukere, skjema" in page.text
    assert local.get(where)["learnings"] == [{"text": "Spør brukerne først.", "tags": ["brukere", "skjema"]}]
    [listed] = local.get("/initiatives?text=P7")["items"]
    assert listed["learnings"] == local.get(where)["learnings"]


def test_what_was_learnt_is_found_across_sectors(local, browser):
    where = proposed(local, "P8", goals=["K1"])
    local.post(f"{where}/share-learning", {"text": "Begynn i det små.", "tags": ["Opplæring"]})
    page = browser.open("/initiatives")
    assert 'href="/learning"' in page.text
    page = browser.open("/learning?tag=opplæring&sector=EHA&goal=K1&initiative=")
    assert "Begynn i det små." in page.text
    assert f'href="/initiatives/{local.get(where)["id"]}"' in page.text
    assert "EHA Eldre, helse og arbeid" in page.text
    assert "Begynn i det små." not in browser.open("/learning?sector=FIN").text


def test_nobody_demands_a_status_and_it_shows_only_where_it_was_reported(local, browser):
    where = proposed(local, "P9")
    assert "Meldt status" not in browser.open(where).text
    page = browser.open(f"{where}/report-status")
    assert "Frivillig: ingen krever det" in page.text
    page = browser.send(page.form(), status="at_risk", sentence="Venter på anskaffelsen")
    assert "Meldt status" in page.text
    assert "Usikkert" in page.text
    assert "Venter på anskaffelsen" in page.text
    assert "Tiltaket P9" in browser.open("/initiatives?reported_status=at_risk").text


def test_two_people_at_once_the_second_sees_both_and_decides(local, browser):
    where = proposed(local, "P10")
    local.post(f"{where}/schedule", {"start": "2018-02-01", "end": "2018-05-31"})
    form = browser.open(f"{where}/reschedule").form()
    local.post(f"{where}/reschedule", {"end": "2018-06-30", "reason": "Ferie", "by": "Seksjon for drift"})
    page = browser.send(form, end="2018-08-31", reason="Høring")
    assert page.status == 412
    for said in ("30. juni 2018", "31. august 2018", "Av Seksjon for drift", "Begrunnelse: Ferie"):
        assert said in page.text
    assert "Tiltaket er flyttet i tid." in browser.send(page.form()).text
    assert local.get(where)["end"] == "2018-08-31"


def test_every_event_of_an_initiative_is_told_in_words_with_what_it_changed(local, browser):
    where = proposed(local, "P11", goals=["K1"], supports=CENTRAL[:1], description="Om tiltaket")
    bodies = {
        "revise": {"agency": "BSA", "responsible": "Ny enhet"},
        "anchor": {"where": ["medbestemmelse"]},
        "schedule": {"start": "2018-02-01"},
        "reschedule": {"end": "2018-03-01"},
        "start": {"on": "2018-02-01"},
        "support": {"central": CENTRAL[1]},
        "withdraw-support": {"central": CENTRAL[0]},
        "record-participation": {"phase": "plan", "who": ["employees"]},
        "share-learning": {"text": "Noe"},
        "report-status": {"status": "on_track", "sentence": "Går fint"},
        "complete": {"effect": "Noe ble bedre"},
    }
    for name, body in bodies.items():
        assert local.post(f"{where}/{name}", body).status_code == 200, name
    assert browser.open(where).text.count("Hva som ble endret") == 1 + len(bodies)
    assert browser.open(f"{where}/history").status == 200
    english = local.client.get(where, headers={"Accept": "text/html", "Accept-Language": "en"}).text
    assert "Co-determination with the employees&#39; organisations" in english
