"""Every code has a sentence in both languages, made of the same parameters."""

from string import Formatter

import pytest

from shared.problems import SENTENCES, sentence


def parameters(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("code", SENTENCES)
def test_both_languages_say_the_same_parameters(code: str) -> None:
    bokmal, english = SENTENCES[code]
    assert bokmal != english
    assert parameters(bokmal) == parameters(english)


def test_a_type_is_called_by_its_name_and_one_without_speaks_for_itself() -> None:
    assert sentence("wrong-type", "nb", detail="number") == "Feil type: skal være et heltall."
    assert sentence("wrong-type", "en", detail="a moment") == "Wrong type: must be a moment."


def test_a_service_calls_the_values_of_its_own_codes() -> None:
    own = {"full": ("Ingen plass i {what}.", "No room in {what}."), "full.a": ("hallen", "the hall")}
    assert sentence("full", "nb", own, what="a") == "Ingen plass i hallen."
    assert sentence("full", "en", own, what="b") == "No room in b."


def test_a_code_without_a_sentence_is_shown_as_it_is() -> None:
    assert sentence("never-heard-of", "nb") == "never-heard-of"
