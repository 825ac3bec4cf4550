"""A value is looked up by rule, date and country, and says where it comes from."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from ligneclaire import law
from ligneclaire.kernel.calendar import DayKind
from ligneclaire.law import Basis, Mark, Unit, lookup
from ligneclaire.law.load import load


def test_a_value_comes_with_unit_source_and_validity() -> None:
    notice = law.value("TER-01", on=date(2026, 11, 22))

    assert (notice.value, notice.unit, notice.day_kind) == (10, Unit.CALENDAR_DAYS, DayKind.CALENDAR)
    assert notice.source == "CC L224-39; service-public.fr F22486"
    assert (notice.valid_from, notice.valid_to, notice.earliest) == (date(2026, 4, 3), None, False)
    assert (notice.basis, notice.marks, notice.note) == (
        Basis.EVENT,
        (Mark.VERIFY,),
        "F22486 says 10 jours francs.",
    )


def test_before_the_first_known_value_it_is_that_one_and_says_so() -> None:
    assert law.value("TER-01", on=date(2015, 2, 10)).earliest is True
    assert law.value("TER-01", on=date(2026, 4, 2)).earliest is True
    assert law.value("TER-01", on=date(2026, 4, 3)).earliest is False
    assert law.value("TER-01", on=date(2015, 2, 10)).value == 10


def test_a_value_known_since_always_is_never_the_earliest_by_default() -> None:
    assert law.value("CSQ-11", on=date(1990, 1, 1)).earliest is False


def test_a_rule_that_goes_by_the_contract_needs_its_date() -> None:
    with pytest.raises(ValueError) as refused:
        law.value("TER-11.cap_with_handset", on=date(2026, 3, 15))

    assert str(refused.value) == ("TER-11.cap_with_handset goes by the date of the contract: concluded_on is missing")


def test_a_rule_that_goes_by_the_event_ignores_the_date_of_the_contract() -> None:
    required = law.value("WDR-07", on=date(2026, 6, 19), concluded_on=date(2020, 1, 1))

    assert required.value is True


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(law.UnknownRule) as refused:
        law.value("TER-99", on=date(2026, 11, 22))

    assert dict(refused.value.values) == {"rule": "TER-99", "country": "FR"}


@pytest.mark.parametrize("country", ["XX", "fr", "../FR"])
def test_an_unknown_country_is_refused(country: str) -> None:
    with pytest.raises(law.UnknownCountry) as refused:
        law.value("TER-01", on=date(2026, 11, 22), country=country)

    assert dict(refused.value.values) == {"country": country}


def test_a_rule_that_has_ended_is_refused_from_that_day_on(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        '[[parameter]]\nid = "old.rule"\nname = "Old"\nvalue = 1\nunit = "months"\nsource = "S"\nvalid_to = 2026-01-01'
    )
    monkeypatch.setattr(lookup, "_rules", lambda _: load(text, file="xx.toml"))

    assert law.value("old.rule", on=date(2025, 12, 31)).value == 1
    with pytest.raises(law.UnknownRule) as refused:
        law.value("old.rule", on=date(2026, 1, 1))
    assert dict(refused.value.values) == {"rule": "old.rule", "country": "FR", "on": date(2026, 1, 1)}


def test_a_value_is_asked_for_by_its_type() -> None:
    notice = law.value("TER-01", on=date(2026, 11, 22))

    assert notice.of(int) == 10
    with pytest.raises(TypeError, match=r"^TER-01 is not Fraction: 10$"):
        notice.of(Fraction)


def test_true_is_not_one() -> None:
    with pytest.raises(TypeError, match=r"^TER-08 is not int: True$"):
        law.value("TER-08", on=date(2026, 11, 22)).of(int)


def test_a_second_country_is_a_second_file() -> None:
    assert law.countries() == ("ES", "FR")


@pytest.mark.parametrize("country", law.countries())
def test_the_parameters_of_a_country_are_sorted_by_id_and_date(country: str) -> None:
    listed = [(parameter.id, parameter.valid_from or date.min) for parameter in law.parameters(country)]

    assert listed == sorted(set(listed))


@pytest.mark.parametrize("country", law.countries())
def test_a_mark_is_explained(country: str) -> None:
    unexplained = [each.id for each in law.parameters(country) if Mark.VERIFY in each.marks and not each.note]

    assert unexplained == []
