"""Every code that an import can answer with has a sentence in both languages."""

import ast
from pathlib import Path
from string import Formatter

import pytest

from shared import importing
from shared.importing import message
from shared.importing.messages import MESSAGES
from shared.problems import SENTENCES

PLACE_OF_CODE = {"Refused": 0, "Invalid": 0, "Fault": 2}


def codes():
    """The codes in the package's own source, wherever a refusal or a fault is made."""
    for path in Path(importing.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PLACE_OF_CODE:
                place = PLACE_OF_CODE[node.func.id]
                if len(node.args) > place:
                    for part in ast.walk(node.args[place]):
                        if isinstance(part, ast.Constant):
                            yield part.value


def placeholders(text):
    return {name.removesuffix("_nb").removesuffix("_en") for _, name, _, _ in Formatter().parse(text) if name}


def test_every_code_has_a_sentence():
    used = {found for found in codes() if "EncryptedPackage" not in found}
    assert len(used) > 25
    assert used <= MESSAGES.keys() | SENTENCES.keys()


@pytest.mark.parametrize("code", MESSAGES)
def test_both_languages_say_the_same(code):
    nb, en = MESSAGES[code]
    assert nb != en
    assert placeholders(nb) == placeholders(en)


def test_a_sentence_is_filled_in():
    assert message("too-many-rows", "nb", limit=50000) == "Filen har mer enn 50000 rader. Del den opp."
    assert message("required", "en") == "Must be given."
