"""Templates: the header and nothing else, with what each column is for."""

import io

import openpyxl
import pytest

from shared.exporting import FORMATS, template
from shared.importing import load
from shared.importing.columns import MEANINGS, WORDS
from shared.importing.tests.tables import ALL, GOALS


def book(body):
    return openpyxl.load_workbook(io.BytesIO(body)).active


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_template_is_a_file_without_rows(name, form, language):
    assert load(template(ALL[name], language, form), ALL[name]) == ([], [])


def test_each_column_says_what_it_is_for():
    sheet = book(template(GOALS, "nb", "xlsx"))
    told = {cell.value: cell.comment.text for cell in sheet[1]}
    assert told["Type"].splitlines() == [
        "Hva slags mål det er.",
        "Må fylles ut.",
        "Tillatt: formål, kjennetegn, delmål.",
    ]
    assert "Must be given." in book(template(GOALS, "en", "xlsx"))["B1"].comment.text
    assert all(told.values())


def test_choices_can_be_picked():
    [offered] = book(template(GOALS, "nb", "xlsx")).data_validations.dataValidation
    assert (offered.type, offered.formula1, str(offered.sqref)) == ("list", '"formål,kjennetegn,delmål"', "C2:C5001")
    assert offered.showErrorMessage
    english = book(template(GOALS, "en", "xlsx")).data_validations.dataValidation
    assert english[0].formula1 == '"purpose,characteristic,objective"'


def test_a_cell_with_several_values_may_hold_what_the_list_has_not():
    [offered] = book(template(ALL["activities"], "nb", "xlsx")).data_validations.dataValidation
    assert not offered.showErrorMessage


def test_every_column_that_has_a_name_in_bokmal_has_a_meaning():
    assert MEANINGS.keys() == WORDS.keys()
