"""The pages of the communication service, as a browser without JavaScript meets them."""

import pytest

from services.communication.app import SERVICE
from shared.testing.pages import Browser, assert_words


@pytest.fixture
def browser(communication):
    return Browser(communication.client)


def test_every_word_is_there_in_both_languages():
    assert_words(SERVICE)


def test_an_activity_is_planned_published_and_gets_feedback_with_forms(communication, browser):
    form = browser.open("/activities/new").form()
    page = browser.send(
        form,
        title="Allmøte om tillit",
        external_id="A-PAGE",
        audiences=["employees", "leaders"],
        start="2018-03-01",
        end="2018-03-01",
    )
    assert "Kommunikasjonstiltaket er planlagt." in page.text
    assert "Ansatte<br>Ledere" in page.text
    browser.send(browser.open("/activities/A-PAGE/reschedule").form(), end="2018-03-02", reason="To dager")
    browser.send(browser.open("/activities/A-PAGE/publish").form(), on="2018-03-01")
    feedback = browser.open("/activities/A-PAGE/receive-feedback").form()
    page = browser.send(feedback, text="Mer tid til spørsmål", audience="employees", on="2018-03-05")
    assert "Mer tid til spørsmål" in page.text
    shown = communication.get("/activities/A-PAGE")
    assert (shown["status"], shown["end"]) == ("published", "2018-03-02")
    assert [said["text"] for said in shown["feedback"]] == ["Mer tid til spørsmål"]


def test_what_it_is_about_may_be_named_before_anybody_here_knows_it(communication, browser):
    form = browser.open("/activities/new").form()
    page = browser.send(form, **{"title": "Om et nytt mål", "goals.find": "K77", "_find": "goals"})
    assert "Ingenting her heter «K77»." in page.text
    page = browser.send(page.form(), goals=["K77"], **{"goals.find": ""})
    assert page.status == 200
    [item] = communication.get("/activities?goal=K77")["items"]
    assert item["title"] == "Om et nytt mål"


def test_a_name_that_nobody_knows_is_not_sent_without_a_choice(communication, browser):
    before = communication.rows()
    page = browser.send(browser.open("/activities/new").form(), **{"title": "Noe", "goals.find": "ukjent"})
    assert page.status == 422
    assert "Velg blant treffene." in page.text
    assert communication.rows() == before


def test_the_list_is_narrowed_to_days(browser):
    assert browser.open("/activities?from=2018-03-01&to=2018-03-31").status == 200
    assert browser.open("/activities?from=2018-04-01&to=2018-03-31").status == 422
