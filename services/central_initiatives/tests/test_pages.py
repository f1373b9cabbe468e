"""The pages of the central initiatives service, as a browser without JavaScript meets them."""

import hashlib
import re

import pytest

from services.central_initiatives.app import SERVICE
from shared.testing.pages import Browser, assert_words


@pytest.fixture
def browser(central):
    return Browser(central.client)


@pytest.fixture
def initiative(central, plan):  # noqa: ARG001 - it is there first
    """S18-01, planned in the plan of 2018."""
    body = {"external_id": "S18-01", "plan_year": 2018, "area": "Ledelse", "title": "Mentorordning", "budget": 300}
    assert central.post("/initiatives", body).status_code == 201
    return "/initiatives/S18-01"


def sent(browser, address, **typed):
    return browser.send(browser.open(address).form(), **typed)


def offered(page):
    """The commands that an item's page links to."""
    return [href.rpartition("/")[2] for href in re.findall(r'class="button secondary" href="([^"]+)"', page.text)]


def chosen(page, name):
    """What can be chosen in a list of the page."""
    of_field = page.text.partition(f'<select id="field-{name}"')[2].partition("</select>")[0]
    return [value for value in re.findall(r'<option value="([^"]*)"', of_field) if value]


def test_every_word_is_there_in_both_languages():
    assert_words(SERVICE)


# Action plans


def test_a_plan_is_made_framed_discussed_adopted_and_closed_with_forms(central, browser):
    page = sent(browser, "/plans/new", year="2018", title="Tillit 2018")
    assert "Handlingsplanen er laget." in page.text
    assert "Planen har ingen områder ennå." in page.text
    assert "Planen kan vedtas når dere har registrert" in page.text
    page = sent(browser, "/plans/2018/areas", name="Ledelse")
    assert "Området er lagt til." in page.text
    page = sent(browser, "/plans/2018/frame", amount="1 000 000")
    assert "1\xa0000\xa0000 kr" in page.text
    page = sent(browser, "/plans/2018/discussions", organisations="Fagforbundet\r\nNTL", on="2017-12-04")
    assert "4. desember 2017" in page.text
    assert "Fagforbundet, NTL" in page.text
    page = sent(browser, "/plans/2018/rename", title="Tillitsplanen")
    assert "<h1>Tillitsplanen</h1>" in page.text
    page = sent(browser, "/plans/2018/adopt", on="2017-12-14", by="Byrådet", reason="Byrådssak")
    assert "Handlingsplanen er vedtatt" in page.text
    assert "Av Byrådet" in page.text
    page = sent(browser, "/plans/2018/close", on="2019-01-15")
    assert "Handlingsplanen er avsluttet." in page.text
    plan = central.get("/plans/2018")
    assert (plan["status"], plan["frame"], plan["areas"]) == ("closed", 1_000_000, ["Ledelse"])
    assert [each["organisations"] for each in plan["discussions"]] == [["Fagforbundet", "NTL"]]


@pytest.mark.usefixtures("plan")
def test_a_plan_offers_what_would_be_taken(central, browser):
    anytime = ["areas", "frame", "discussions"]
    assert offered(browser.open("/plans/2018")) == [*anytime, "rename"]
    central.post("/plans/2018/discussions", {"organisations": ["NTL"], "on": "2017-12-04"})
    assert offered(browser.open("/plans/2018")) == [*anytime, "adopt", "rename"]
    central.post("/plans/2018/adopt", {"on": "2017-12-14"})
    assert offered(browser.open("/plans/2018")) == [*anytime, "rename", "close"]
    central.post("/plans/2018/close", {"on": "2019-01-15"})
    page = browser.open("/plans/2018")
    assert offered(page) == []
    assert "Planlegge et sentralt tiltak" not in page.text


@pytest.mark.usefixtures("initiative")
def test_a_plan_tells_what_is_left_of_its_frame(central, browser):
    assert "Igjen av rammen" not in browser.open("/plans/2018").text
    central.post("/plans/2018/frame", {"amount": 1000})
    page = browser.open("/plans/2018")
    assert re.search(r"Fordelt til tiltak</dt><dd>300 kr", page.text)
    assert re.search(r"Igjen av rammen</dt><dd>700 kr", page.text)


@pytest.mark.usefixtures("initiative")
def test_a_frame_below_what_is_allocated_is_refused_at_its_field(central, browser):
    before = central.rows()
    page = sent(browser, "/plans/2018/frame", amount="299")
    assert page.status == 409
    assert '<a href="#field-amount">Ramme: Rammen kan ikke være lavere' in page.text
    assert page.form()["amount"] == "299"
    page = sent(browser, "/plans/2018/frame", amount="mye")
    assert page.status == 422
    assert "Ikke et beløp i hele kroner" in page.text
    assert page.form()["amount"] == "mye"
    assert central.rows() == before


@pytest.mark.usefixtures("plan")
def test_a_discussion_with_nobody_is_refused_at_its_field(browser):
    page = sent(browser, "/plans/2018/discussions", organisations=" \r\n ")
    assert page.status == 409
    assert '<a href="#field-organisations">Hvem ble planen drøftet med?' in page.text


@pytest.mark.usefixtures("plan")
def test_adopting_before_the_discussion_is_refused_in_the_summary(browser):
    page = sent(browser, "/plans/2018/adopt")
    assert page.status == 409
    assert "error-summary" in page.text
    assert "drøftet med arbeidstakerorganisasjonene" in page.text


def test_a_year_without_a_plan_is_a_page_with_a_way_on(browser):
    for address in ("/plans/2018", "/plans/2018/adopt", "/plans/2018/report", "/plans/99999999999"):
        page = browser.open(address)
        assert page.status == 404
        assert page.mimetype == "text/html"


# The report


@pytest.mark.usefixtures("initiative")
def test_the_report_says_whether_it_is_a_draft_or_frozen(central, browser):
    page = browser.open("/plans/2018/report")
    assert "Utkast: planen er ikke vedtatt" in page.text
    assert "Mentorordning" in page.text
    central.post("/plans/2018/discussions", {"organisations": ["NTL"], "on": "2017-12-04"})
    central.post("/plans/2018/adopt", {"on": "2017-12-14"})
    central.post("/initiatives/S18-01/revise", {"title": "Et annet navn"})
    page = browser.open("/plans/2018/report")
    assert "Frosset: slik planen var da den ble vedtatt 14. desember 2017 (versjon 4)." in page.text
    assert "4. desember 2017: NTL" in page.text
    assert "Mentorordning" in page.text
    assert "Et annet navn" not in page.text
    assert 'href="/plans/2018/report.json"' in page.text
    assert hashlib.sha256(central.client.get("/plans/2018/report").data).hexdigest() in page.text
    page = browser.open("/plans/2018/report?now=true")
    assert "Planen slik den står nå (versjon 4). Den ble vedtatt 14. desember 2017" in page.text
    assert "Et annet navn" in page.text


@pytest.mark.usefixtures("initiative")
def test_the_report_sums_the_budgets_of_an_area_without_the_cancelled(central, browser):
    for name, budget in (("S18-02", 200), ("S18-03", None), ("S18-04", 5000)):
        body = {"external_id": name, "plan_year": 2018, "area": "Ledelse", "title": name, "budget": budget}
        assert central.post("/initiatives", body).status_code == 201
    central.post("/initiatives/S18-04/cancel")
    page = browser.open("/plans/2018/report")
    assert re.search(r"Budsjetter i området</th><td class=\"number\">500 kr", page.text)


@pytest.mark.usefixtures("plan")
def test_systems_get_the_report_as_json(central):
    answer = central.client.get("/plans/2018/report")
    assert answer.mimetype == "application/json"
    assert answer.json["frozen"] is False


@pytest.mark.usefixtures("plan")
def test_a_report_asked_for_wrongly_is_a_page_with_what_is_wrong(browser):
    page = browser.open("/plans/2018/report?now=kanskje")
    assert page.status == 422
    assert page.mimetype == "text/html"


# Central initiatives


@pytest.mark.usefixtures("plan")
def test_an_initiative_is_planned_from_its_plan_and_carried_through_with_forms(central, browser):
    central.post("/plans", {"year": 2019})
    [way] = re.findall(r'href="(/initiatives/new[^"]+)"', browser.open("/plans/2018").text)
    form = browser.open(way)
    assert form.form()["plan_year"] == "2018"
    assert chosen(form, "plan_year") == ["2019", "2018"]
    assert chosen(form, "area") == ["Ledelse"]
    page = browser.send(
        form.form(),
        title="Mentorordning",
        external_id="S1",
        area="Ledelse",
        audiences=["leaders"],
        start="2018-03-01",
        end="2018-06-30",
    )
    assert "Tiltaket er planlagt." in page.text
    assert "ingen krever det" in page.text
    page = sent(browser, "/initiatives/S1/reschedule", end="2018-08-31", reason="Flere vil være med")
    assert "Begrunnelse: Flere vil være med" in page.text
    page = sent(browser, "/initiatives/S1/change-budget", budget="40 000")
    assert "40\xa0000 kr" in page.text
    assert browser.open("/initiatives/S1/change-budget").form()["budget"] == "40000"
    sent(browser, "/initiatives/S1/revise", title="Mentorer for ledere")
    sent(browser, "/initiatives/S1/start", on="2018-03-02")
    page = sent(browser, "/initiatives/S1/report-status", status="at_risk", sentence="Få mentorer")
    assert "Usikkert" in page.text
    assert "Få mentorer" in page.text
    page = sent(browser, "/initiatives/S1/complete", on="2018-08-30", effect="Ledere ringer hverandre")
    assert "Ledere ringer hverandre" in page.text
    assert (
        central.get("/initiatives/S1").items()
        >= {
            "title": "Mentorer for ledere",
            "end": "2018-08-31",
            "budget": 40_000,
            "status": "completed",
            "completed_on": "2018-08-30",
            "reported_status": "at_risk",
            "effect": "Ledere ringer hverandre",
        }.items()
    )


def test_an_initiative_offers_what_would_be_taken(central, browser, initiative):
    always = ["revise", "reschedule", "link-goals", "change-budget"]
    assert offered(browser.open(initiative)) == [*always, "start", "report-status", "cancel"]
    central.post(f"{initiative}/start")
    assert offered(browser.open(initiative)) == [*always, "complete", "report-status", "cancel"]
    central.post(f"{initiative}/cancel")
    assert offered(browser.open(initiative)) == []


def test_a_cancelled_initiative_gives_its_budget_back(browser, initiative):
    page = sent(browser, f"{initiative}/cancel", reason="Ingen meldte seg")
    assert "Tiltaket er avlyst." in page.text
    assert re.search(r"Fordelt til tiltak</dt><dd>0 kr", browser.open("/plans/2018").text)


@pytest.mark.usefixtures("plan")
def test_the_only_open_plan_is_chosen_beforehand(central, browser):
    assert browser.open("/initiatives/new").form()["plan_year"] == "2018"
    central.post("/plans", {"year": 2019})
    form = browser.open("/initiatives/new")
    assert form.form()["plan_year"] == ""
    assert '<input type="text" id="field-area"' in form.text


@pytest.mark.usefixtures("plan")
def test_an_area_may_be_typed_and_areas_follow_the_year_that_was_chosen(central, browser):
    central.post("/plans", {"year": 2019})
    form = browser.open("/initiatives/new").form()
    page = browser.send(form, plan_year="2018", area="lederskap", title="Noe")
    assert page.status == 409
    assert '<a href="#field-area">Område: Årets handlingsplan har ikke dette området.' in page.text
    assert page.form()["area"] == "lederskap"
    assert chosen(page, "area") == ["Ledelse", "lederskap"]
    assert "Tiltaket er planlagt." in browser.send(page.form(), area="ledelse").text
    [planned] = central.get("/initiatives?text=Noe")["items"]
    assert planned["area"] == "Ledelse"


def test_without_any_plan_the_year_is_typed_and_refused_at_its_field(browser):
    form = browser.open("/initiatives/new?plan_year=tull").form()
    page = browser.send(form, plan_year="2018", area="Ledelse", title="Noe")
    assert page.status == 409
    assert "Det finnes ingen handlingsplan for dette året." in page.text
    assert 'href="#field-plan_year"' in page.text


def test_a_budget_beyond_the_frame_is_refused_at_its_field(central, browser, initiative):
    central.post("/plans/2018/frame", {"amount": 1000})
    page = sent(browser, f"{initiative}/change-budget", budget="1001")
    assert page.status == 409
    assert '<a href="#field-budget">Budsjett:' in page.text
    page = sent(browser, f"{initiative}/change-budget", budget="")
    assert "Budsjettet er endret." in page.text
    assert central.get(initiative)["budget"] is None


def test_goals_are_chosen_all_at_once(central, browser, initiative):
    central.post(f"{initiative}/link-goals", {"goals": ["K1", "K2"]})
    first, second = central.get(initiative)["goals"]
    form = browser.open(f"{initiative}/link-goals").form()
    assert form.getlist("goals") == [first, second]
    sent(browser, f"{initiative}/link-goals", goals=[second])
    assert central.get(initiative)["goals"] == [second]
    sent(browser, f"{initiative}/link-goals", goals=[])
    assert central.get(initiative)["goals"] == []


def test_a_period_that_ends_before_it_starts_is_refused_at_its_field(browser, initiative):
    page = sent(browser, f"{initiative}/reschedule", start="2018-05-02", end="2018-05-01")
    assert page.status == 422
    assert 'href="#field-end"' in page.text
    assert (page.form()["start"], page.form()["end"]) == ("2018-05-02", "2018-05-01")


def test_two_people_at_once_the_second_sees_both_and_decides(central, browser, initiative):
    form = browser.open(f"{initiative}/revise").form()
    central.post(f"{initiative}/revise", {"title": "Annes tittel", "responsible": "Anne sin enhet", "by": "Enheten"})
    page = browser.send(form, title="Min tittel")
    assert page.status == 412
    assert "Annes tittel" in page.text
    assert "Av Enheten" in page.text
    assert (page.form()["title"], page.form()["responsible"]) == ("Min tittel", "Anne sin enhet")
    assert "Tiltaket er endret." in browser.send(page.form()).text
    assert central.get(initiative).items() >= {"title": "Min tittel", "responsible": "Anne sin enhet"}.items()


def test_a_list_is_narrowed_to_years_areas_and_what_was_reported(central, browser, initiative):
    central.post(f"{initiative}/report-status", {"status": "on_track"})
    page = browser.open("/initiatives")
    assert chosen(page, "plan_year") == ["2018"]
    assert chosen(page, "area") == ["Ledelse"]
    narrowed = "plan_year=2018&area=Ledelse&status=planned&audience=&goal=&text=mentor&reported_status=on_track"
    assert "Mentorordning" in browser.open(f"/initiatives?{narrowed}").text
    assert "Ingen passer" in browser.open("/initiatives?plan_year=2018&area=Annet").text
    assert "Viser 1." in browser.open("/plans?status=drafted&text=ledelse").text


def test_the_history_tells_every_kind_of_change_in_words(central, browser, initiative):
    central.post("/plans/2018/discussions", {"organisations": ["NTL"], "on": "2017-12-04"})
    plan = browser.open("/plans/2018")
    assert re.search(r"Drøftet med</th><td>ikke oppgitt</td><td>.*NTL", plan.text)
    for command, body in {
        "revise": {"responsible": "Programkontoret", "audiences": ["leaders"], "description": "Ny"},
        "link-goals": {"goals": ["K1"]},
        "change-budget": {"budget": 400},
        "start": {},
        "complete": {"effect": "Noe"},
    }.items():
        assert central.post(f"{initiative}/{command}", body).status_code == 200
    page = browser.open(initiative)
    assert page.status == 200
    assert re.search(r"Budsjett</th><td>300 kr</td><td>400 kr", page.text)
    assert re.search(r"Målgrupper</th><td>ikke oppgitt</td><td>Ledere", page.text)


@pytest.mark.usefixtures("initiative")
def test_what_is_exported_and_imported_again_changes_nothing(central):
    for items in ("plans", "initiatives"):
        exported = central.client.get(f"/{items}/export.csv").data
        answer = central.send(f"/{items}/import", exported)
        assert answer.status_code == 200, answer.text
        assert (answer.json["created"], answer.json["updated"], answer.json["unchanged"]) == (0, 0, 1)
