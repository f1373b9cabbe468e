"""The pages of the goals service, as a browser without JavaScript meets them."""

import re
from urllib.parse import quote, unquote, urlsplit

import pytest

from services.goals.app import SERVICE
from shared.testing.pages import HTML, Browser, assert_words

GOAL = {"title": "Åpenhet", "kind": "characteristic"}


@pytest.fixture
def browser(goals):
    return Browser(goals.client)


def proposed(goals, name, **more):
    response = goals.post("/goals", {"external_id": name, **GOAL, **more})
    assert response.status_code == 201, response.text


def test_every_word_is_there_in_both_languages():
    assert_words(SERVICE)


def test_a_goal_is_proposed_and_adopted_with_forms(goals, browser):
    form = browser.open("/goals/new").form()
    page = browser.send(form, title="Klare mål", kind="characteristic", external_id="P1", expected_effect="Færre krav")
    assert "Målet er foreslått." in page.text
    assert "Klare mål" in page.text
    page = browser.send(browser.open("/goals/P1/adopt").form(), reason="Byrådssak", by="Byrådslederens kontor")
    assert "Målet er vedtatt." in page.text
    assert goals.get("/goals/P1")["status"] == "adopted"
    assert "Av Byrådslederens kontor" in page.text
    assert "Begrunnelse: Byrådssak" in page.text


def test_a_form_s_heading_is_not_its_title_field_s_label(browser):
    page = browser.open("/goals/new")
    assert "<h1>Foreslå et mål</h1>" in page.text
    assert '<label for="field-title">Tittel</label>' in page.text


def test_systems_get_json_and_browsers_a_page_at_the_same_address(goals, browser):
    proposed(goals, "P2")
    assert goals.client.get("/goals/P2").mimetype == "application/json"
    assert goals.client.get("/goals/P2", headers={"Accept": "application/json"}).mimetype == "application/json"
    assert browser.open("/goals/P2").mimetype == "text/html"


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_is_kept(goals, browser):
    before = goals.rows()
    page = browser.send(browser.open("/goals/new").form(), title="", kind="purpose", description="<b>Lang</b> tekst")
    assert page.status == 422
    assert 'href="#field-title"' in page.text
    assert 'aria-invalid="true"' in page.text
    assert page.form()["description"] == "<b>Lang</b> tekst"
    assert page.form()["kind"] == "purpose"
    assert "<b>Lang" not in page.text
    assert goals.rows() == before


def test_a_rule_says_no_on_the_page(goals, browser):
    proposed(goals, "P3")
    page = browser.send(browser.open("/goals/P3/adopt").form())
    assert page.status == 409
    assert "forventede effekten" in page.text


def test_a_form_that_is_sent_twice_is_carried_out_once(goals, browser):
    form = browser.open("/goals/new").form()
    first = browser.send(form, title="En gang", kind="objective", follow=False)
    second = browser.send(form, title="En gang", kind="objective", follow=False)
    assert first.location == second.location
    assert len(goals.get("/goals?text=En gang")["items"]) == 1


def test_two_people_at_once_the_second_sees_both_and_decides(goals, browser):
    proposed(goals, "P4", description="Gammelt", expected_effect="Noe")
    form = browser.open("/goals/P4/revise").form()
    goals.post("/goals/P4/revise", {"title": "Annes tittel", "description": "Annes", "by": "Anne sin enhet"})
    page = browser.send(form, title="Min tittel", reason="Kortere")
    assert page.status == 412
    assert "Noen andre har endret dette" in page.text
    assert "Annes tittel" in page.text
    assert "Min tittel" in page.text
    assert "Av Anne sin enhet" in page.text
    again = page.form()
    assert again["title"] == "Min tittel"
    assert again["description"] == "Annes"
    assert "Målet er endret." in browser.send(again).text
    assert goals.get("/goals/P4").items() >= {"title": "Min tittel", "description": "Annes"}.items()


def test_what_another_person_typed_is_shown_beside_it_also_where_it_names_nothing_that_is_there(goals, browser):
    proposed(goals, "P10")
    proposed(goals, "P11", title="Tillit")
    form = browser.open("/goals/P10/revise").form()
    goals.post("/goals/P10/revise", {"parent": "P11"})
    page = browser.send(form, parent="FINNES-IKKE")
    assert page.status == 412
    assert "P11 Tillit" in page.text
    assert "FINNES-IKKE" in page.text
    assert page.form()["parent"] == "FINNES-IKKE"


@pytest.mark.parametrize(
    ("name", "hidden", "value"),
    [
        ("H1", "_key", "\x00"),
        ("H2", "_key", "x" * 300),
        ("H3", "_was", '{"a":' + "[" * 5000),
        ("H4", "_was", "[]"),
        ("H5", "_version", "²"),
    ],
)
def test_what_is_hidden_in_a_form_may_be_anything(goals, browser, name, hidden, value):
    proposed(goals, name)
    form = browser.open(f"/goals/{name}/revise").form()
    assert browser.send(form, **{"title": "Nytt", hidden: value}).status == 200
    assert goals.get(f"/goals/{name}")["title"] == "Nytt"


def test_a_form_sends_only_what_was_changed(goals, browser):
    proposed(goals, "P5", description="Står")
    form = browser.open("/goals/P5/revise").form()
    page = browser.send(form)
    assert "Ingenting ble endret." in page.text
    browser.send(form, title="Nytt")
    [_, revised] = goals.get("/goals/P5/history")["items"]
    assert [change["field"] for change in revised["changes"]] == ["title"]


def test_what_must_be_there_can_not_be_emptied(goals, browser):
    proposed(goals, "P9")
    page = browser.send(browser.open("/goals/P9/revise").form(), title=" ")
    assert page.status == 422
    assert 'href="#field-title"' in page.text
    assert goals.get("/goals/P9")["title"] == GOAL["title"]


def test_a_parent_is_picked_by_name(goals, browser):
    for number in range(45):
        proposed(goals, f"PP{number}", title=f"Overordnet nummer {number}")
    form = browser.open("/goals/new").form()
    page = browser.send(form, **{"_find": "parent", "title": "Under", "parent.find": "nummer 17"})
    assert page.status == 200
    assert "PP17 Overordnet nummer 17" in page.text
    page = browser.send(page.form(), kind="objective")
    assert page.status == 200, page.text
    [item] = goals.get("/goals?text=Under")["items"]
    assert item["parent"] == goals.get("/goals/PP17")["id"]


def test_a_list_is_narrowed_in_its_address(goals, browser):
    proposed(goals, "P6", title="Sjeldent ord: kvikksølv")
    page = browser.open("/goals?text=kvikksølv&status=&kind=")
    assert "Sjeldent ord" in page.text
    assert "Viser 1." in page.text
    assert "Ingen passer" in browser.open("/goals?text=finnesikkejo").text
    wrong = browser.open("/goals?status=tull")
    assert wrong.status == 422
    assert "error-summary" in wrong.text


@pytest.mark.parametrize("name", ["form", "endpoint", "_method", "_anchor", "_scheme", "_external", "values"])
def test_a_list_takes_no_harm_from_what_it_does_not_know(goals, browser, name):
    proposed(goals, f"U-{name}", title="Ukjent")
    proposed(goals, f"V-{name}", title="Ukjent")
    page = browser.open(f"/goals?{name}=javascript&text=Ukjent&limit=1")
    assert page.status == 200
    assert "/goals?text=Ukjent&amp;limit=1&amp;cursor=" in page.text
    assert '/goals/export.csv?text=Ukjent"' in page.text


def test_what_is_not_there_is_a_page_with_a_way_on(browser):
    page = browser.open("/goals/nowhere")
    assert page.status == 404
    assert "Det finnes ingenting her" in page.text
    assert browser.open("/tull").status == 404


def test_the_language_is_chosen_once_and_stays(goals, browser):
    proposed(goals, "P7")
    page = browser.open("/language?to=en&back=/goals/P7")
    assert page.path == "/goals/P7"
    assert "What would you like to do?" in page.text
    assert "What would you like to do?" in browser.open("/goals/P7").text


@pytest.mark.parametrize(
    "back", ["https://evil.example/x", "//evil.example/x", "/\\evil.example", "javascript:alert(1)", "//["]
)
def test_the_way_back_never_leaves_the_site(goals, back):
    response = goals.client.get("/language", query_string={"to": "en", "back": back})
    where = urlsplit(response.headers["Location"])
    assert not where.netloc
    assert not where.scheme
    assert not response.headers["Location"].startswith("//")


def test_nothing_in_a_page_is_run(goals, browser):
    proposed(goals, "P8", title="<script>alert(1)</script>")
    response = browser.open("/goals/P8")
    assert "<script" not in response.text
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


# Spreadsheets

FILE = """Nr;Målets tittel;Type;Forventet effekt;Internt notat
R1;Klare mål;kjennetegn;Færre krav;ja
R2;;kjennetegn;;nei
R3;Åpenhet;kjenetegn;;
"""
CORRECTED = """Nr;Målets tittel;Type;Forventet effekt;Internt notat
R1;Klare mål;kjennetegn;Færre krav;ja
R2;Samhandling;kjennetegn;;nei
R3;Åpenhet;kjennetegn;;
"""


def sent(browser, text, name="mål.csv"):
    return browser.send(browser.open("/goals/import").form(), file=(text.encode(), name))


def test_a_file_is_looked_at_its_columns_named_and_then_imported(goals, browser):
    before = goals.get("/goals?text=Målets")
    page = sent(browser, CORRECTED)
    assert "Dette vil skje med «mål.csv»" in page.text
    form = page.form()
    assert form["column-1"] == "title"
    page = browser.send(form, **{"map": "1", "column-4": "description"})
    assert goals.get("/goals?text=Målets") == before
    page = browser.send(page.form(), **{"import": "all", "by": "Byrådslederens kontor"})
    assert "er importert" in page.text
    assert goals.get("/goals/R1").items() >= {"title": "Klare mål", "description": "ja"}.items()
    [proposed] = goals.get("/goals/R1/history")["items"]
    assert proposed["by"] == "Byrådslederens kontor"
    again = sent(browser, CORRECTED)
    assert again.form()["column-4"] == "description"
    assert "Som sist" in again.text
    assert "Alt i filen er her allerede." in again.text


def test_faults_are_shown_by_row_and_column_and_nothing_is_imported(goals, browser):
    before = goals.get("/goals")
    page = sent(browser, FILE.replace("R1", "Q1").replace("R2", "Q2").replace("R3", "Q3"))
    assert "kjenetegn" in page.text
    assert "Må fylles ut." in page.text
    assert goals.get("/goals") == before
    page = browser.send(page.form(), **{"import": "rest"})
    assert "2</strong> rader utelatt" in page.text
    assert "Radene uten feil er lagret." in page.text
    assert "Alt er lagret." not in page.text
    assert goals.get("/goals/Q1")["title"] == "Klare mål"
    assert goals.client.get("/goals/Q3").status_code == 404


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Mål – utkast 😀.csv", "Mål – utkast 😀 med merknader.xlsx"),
        ("mål\r\nX: 1\u202e.csv", "målX: 1 med merknader.xlsx"),
        ('a"b.csv', 'a"b med merknader.xlsx'),
    ],
)
def test_the_marked_file_is_called_as_what_was_sent(goals, name, kept):
    part = f"--b\r\nContent-Disposition: form-data; name=\"file\"; filename*=utf-8''{quote(name)}\r\n\r\n"
    content = f"{part}Ekstern id;Tittel;Type\r\nN1;;kjennetegn\r\n--b--\r\n"
    page = goals.client.post(
        "/goals/import", data=content, headers=HTML, content_type="multipart/form-data; boundary=b"
    )
    upload = page.headers["Location"]
    marked = goals.client.get(f"{upload}/marked.xlsx", headers={"Accept-Language": "nb"})
    assert marked.status_code == 200
    [told] = re.findall(r"filename\*=UTF-8''(\S+)", marked.headers["Content-Disposition"])
    assert unquote(told) == kept
    marked.headers["Content-Disposition"].encode("ascii")


NAMED = "Ekstern id;Tittel;Type;Beskrivelse\n"


def test_what_others_changed_meanwhile_is_shown_before_it_is_overruled(goals, browser):
    proposed(goals, "W1")
    page = sent(browser, NAMED + "W1;Filens tittel;kjennetegn;\n")
    goals.post("/goals/W1/revise", {"title": "Annes tittel"})
    again = browser.send(page.form(), **{"import": "all"})
    assert again.status == 409
    assert "Dette er ikke lenger det du så" in again.text
    assert "Annes tittel" in again.text
    assert goals.get("/goals/W1")["title"] == "Annes tittel"
    assert "er importert" in browser.send(again.form(), **{"import": "all"}).text
    assert goals.get("/goals/W1")["title"] == "Filens tittel"


def test_rows_that_became_faulty_meanwhile_are_not_left_out_unseen(goals, browser):
    proposed(goals, "W2")
    page = sent(browser, NAMED + "W2;Nytt;kjennetegn;\nW3;Tredje;kjennetegn;\nW4;;kjennetegn;\n")
    goals.post("/goals/W2/retire", {})
    again = browser.send(page.form(), **{"import": "rest"})
    assert again.status == 409
    assert "Importer 1, alle unntatt de 2 med feil" in again.text
    assert goals.client.get("/goals/W3").status_code == 404


def test_a_mapping_that_was_changed_in_another_tab_is_looked_at_first(goals, browser):
    page = sent(browser, NAMED + "W5;Tittelen;kjennetegn;Beskrivelsen\n")
    other = browser.send(page.form(), **{"map": "1", "column-1": "description", "column-3": "title"})
    again = browser.send(page.form(), **{"import": "all"})
    assert again.status == 409
    assert "er importert" in browser.send(other.form(), **{"import": "all"}).text
    assert goals.get("/goals/W5")["title"] == "Beskrivelsen"
    next_time = sent(browser, NAMED + "W6;Tittelen;kjennetegn;Beskrivelsen\n")
    assert '<details class="mapping" open>' in next_time.text
    right = {"column-1": "title", "column-3": "description"}
    right_again = browser.send(next_time.form(), **{"map": "1", **right})
    assert '<details class="mapping">' in right_again.text


def test_a_file_that_another_tab_imports_with_another_choice_is_imported_once(goals, browser):
    page = sent(browser, NAMED + "W7;Sju;kjennetegn;\n")
    browser.send(page.form(), **{"import": "all"})
    page = browser.send(page.form(), **{"import": "rest"})
    assert "er importert" in page.text
    assert len(goals.get("/goals/W7/history")["items"]) == 1


@pytest.mark.parametrize("when", ["immediate", "deferred"])
def test_a_database_that_is_lost_while_it_stores_is_told_and_the_file_can_be_sent_again(goals, browser, when):
    page = sent(browser, NAMED + f"L1-{when};Først;kjennetegn;\nL2-{when};Sist;kjennetegn;\n")
    with goals.service.database.connection() as connection:
        connection.execute(
            "create function lose() returns trigger language plpgsql as "
            "'begin perform pg_terminate_backend(pg_backend_pid()); return null; end'"
        )
        connection.execute(
            "create constraint trigger lost after insert on event "
            f"deferrable initially {when} for each row execute function lose()"
        )
    try:
        lost = browser.send(page.form(), **{"import": "all"})
    finally:
        with goals.service.database.connection() as connection:
            connection.execute("drop trigger lost on event")
            connection.execute("drop function lose")
    assert lost.status == 503
    assert "det blir ikke lagret to ganger" in lost.text
    assert "Idempotency-Key" not in lost.text
    assert goals.client.get(f"/goals/L1-{when}").status_code == 404
    again = browser.send(browser.open(lost.path).form(), **{"import": "all"})
    assert "er importert" in again.text
    assert len(goals.get(f"/goals/L2-{when}/history")["items"]) == 1


def test_a_file_that_is_too_large_is_told_without_bytes(goals, browser):
    before = goals.rows()
    page = sent(browser, NAMED + "L3;Stor;kjennetegn;x\n" * 2000)
    assert page.status == 413
    assert "Dette er for stort" in page.text
    assert goals.rows() == before


def test_a_column_that_is_missing_is_told_in_the_reader_s_language(browser):
    page = sent(browser, NAMED + "W8;Åtte;kjennetegn;\n")
    page = browser.send(page.form(), **{"map": "1", "column-1": ""})
    assert "<td>Tittel</td>" in page.text
    assert "<td>title</td>" not in page.text
    browser.send(page.form(), **{"map": "1", "column-1": "title"})


def test_what_can_not_be_read_is_said_and_not_kept(goals, browser):
    before = goals.rows()
    for content, name in (("<html><body>hei</body></html>", "mål.csv"), ("", "tom.csv")):
        page = sent(browser, content, name)
        assert page.status == 422
        assert "Filen kan ikke leses." in page.text
    assert browser.send(browser.open("/goals/import").form()).status == 422
    assert goals.rows() == before


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_exported_and_imported_again_changes_nothing(goals, browser, form):
    proposed(goals, f"E{form}", title="=cmd|' /C calc'!A0", description="Linje 1\nLinje 2")
    goals.post("/goals", {**GOAL, "title": "\u200bUten nummer\ufeff", "parent": f"E{form}"})
    exported = goals.client.get(f"/goals/export.{form}")
    assert exported.status_code == 200
    before = goals.rows()["event"]
    page = browser.send(browser.open("/goals/import").form(), file=(exported.data, f"mål.{form}"))
    assert "Alt i filen er her allerede." in page.text, page.text
    assert goals.rows()["event"] == before


def test_templates_have_the_columns_of_the_import(goals, browser):
    template = goals.client.get("/goals/import/template.csv", headers={"Accept-Language": "nb"})
    assert "Tittel;Type" in template.text
    page = browser.send(browser.open("/goals/import").form(), file=(template.data, "mal.csv"))
    assert page.status in (200, 422)
