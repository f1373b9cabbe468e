"""Sectors and agencies, as rules."""

from uuid import UUID

import pytest

from services.local_initiatives.domain import agency, sector
from services.local_initiatives.domain.registry import Registry, well_formed
from shared.testing import Specification

HEALTH, FINANCE = UUID(int=1), UUID(int=2)
REGISTRY = Registry(sectors={HEALTH: "EHA", FINANCE: "FIN"})

EHA = sector.Registered("EHA", "Eldre, helse og arbeid", None)
BSA = agency.Registered("BSA", "Bydel Sagene", HEALTH, None)


def sectors():
    return Specification(sector)


def agencies():
    return Specification(agency, REGISTRY)


def test_a_sector_is_registered():
    sectors().when(sector.Register("EHA", "Eldre, helse og arbeid")).then(EHA)


def test_a_code_is_taken_once():
    sectors().given(EHA).when(sector.Register("EHA", "En annen")).rejected("sector-exists", "code")
    agencies().given(BSA).when(agency.Register("BSA", "En annen", HEALTH)).rejected("agency-exists", "code")


@pytest.mark.parametrize("code", ["E:A", "E;A", "E|A", "E/A", "E\tA", "018f6d5e-8f0e-7f67-9d2e-0f3a5c7b9d11", "0" * 32])
def test_a_code_can_be_told_from_an_id_and_from_what_stands_beside_it(code):
    assert not well_formed(code)
    sectors().when(sector.Register(code, "Navn")).rejected("code-malformed", "code")
    agencies().when(agency.Register(code, "Navn", HEALTH)).rejected("code-malformed", "code")


@pytest.mark.parametrize("code", ["EHA", "Øst 2", "BYM-1.a", "1"])
def test_a_code_may_be_what_people_write(code):
    assert well_formed(code)


def test_a_sector_is_renamed():
    sectors().given(EHA).when(sector.Rename("Helse", "Omorganisert")).then(sector.Renamed("Helse", "Omorganisert"))


def test_the_same_name_again_is_no_event():
    sectors().given(EHA).when(sector.Rename("Eldre, helse og arbeid")).then_nothing()
    sectors().given(EHA, sector.Renamed("Helse", None)).when(sector.Rename("Helse")).then_nothing()
    agencies().given(BSA).when(agency.Rename("Bydel Sagene")).then_nothing()


def test_an_agency_is_registered_in_a_sector_that_is_known():
    agencies().when(agency.Register("BSA", "Bydel Sagene", HEALTH)).then(BSA)
    agencies().when(agency.Register("BSA", "Bydel Sagene", UUID(int=9))).rejected("sector-unknown", "sector")


def test_an_agency_is_renamed_and_stays_where_it_is():
    renamed = agency.Renamed("Bydel Sagene og Torshov", None)
    agencies().given(BSA).when(agency.Rename("Bydel Sagene og Torshov")).then(renamed)
    agencies().given(BSA).when(agency.Rename("Bydel Sagene og Torshov", HEALTH)).then(renamed)
    agencies().given(BSA).when(agency.Rename("Bydel Sagene", FINANCE)).rejected("agency-does-not-move", "sector")
