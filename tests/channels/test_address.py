"""Postal addresses by NF Z 10-011."""

from __future__ import annotations

import pytest

from ligneclaire.channels.letter.address import AddressEmpty, AddressLineTooLong, AddressTooTall, postal_lines


@pytest.mark.parametrize(
    ("written", "sorted_by_machines"),
    [
        pytest.param(
            ("M. et Mme Lenoir", "12, rue de l'Église", "33000 Bordeaux"),
            ("M. et Mme Lenoir", "12 RUE DE L EGLISE", "33000 BORDEAUX"),
            id="no punctuation, capitals",
        ),
        pytest.param(
            ("Mme Roussel", "", "-", "  8   bis,  rue du Cœur-Volant ", "63000 Clermont-Ferrand\n"),
            ("Mme Roussel", "8 BIS RUE DU COEUR VOLANT", "63000 CLERMONT FERRAND"),
            id="no blank line, single spaces",
        ),
        pytest.param(
            ("M. Perrin", "Appt. 12, esc. B", "Résidence « Les Lilas »", "2, rue Battant", "BP n° 7", "25000 Besançon"),
            ("M. Perrin", "Appt. 12, esc. B", "Résidence « Les Lilas »", "2 RUE BATTANT", "BP N 7", "25000 BESANCON"),
            id="only the last three lines are for machines",
        ),
        pytest.param(("Mme Ferrand", "33120 Arcachon"), ("Mme Ferrand", "33120 ARCACHON"), id="no street"),
        pytest.param(
            ("Mme Aubert", "3, rue Saint-Maur", "75011 Paris"),
            ("Mme Aubert", "3 RUE SAINT MAUR", "75011 PARIS"),
            id="nothing is abbreviated that fits",
        ),
        pytest.param(
            ("Mme Aubert", "1234 boulevard du Président Wilson et", "75011 Paris"),
            ("Mme Aubert", "1234 BOULEVARD DU PRESIDENT WILSON ET", "75011 PARIS"),
            id="37 characters",
        ),
        pytest.param(
            ("Mme Aubert", "1234 boulevard du Président Wilson est", "75011 Paris"),
            ("Mme Aubert", "1234 BOULEVARD DU PRESIDENT WILSON EST", "75011 PARIS"),
            id="38 characters",
        ),
        pytest.param(
            ("Mme Aubert", "1234 boulevard du Président Wilson Nord", "75011 Paris"),
            ("Mme Aubert", "1234 BD DU PRESIDENT WILSON NORD", "75011 PARIS"),
            id="39 characters: the kind of street first",
        ),
        pytest.param(
            ("Mme Aubert", "1234 boulevard du Président Woodrow Wilson Nord", "75011 Paris"),
            ("Mme Aubert", "1234 BD DU PDT WOODROW WILSON NORD", "75011 PARIS"),
            id="then titles",
        ),
        pytest.param(
            ("Monsieur et Madame Jean-Christophe Lenoir", "5 rue du Four", "63510 Malintrat"),
            ("M et Mme Jean-Christophe Lenoir", "5 RUE DU FOUR", "63510 MALINTRAT"),
            id="a long name",
        ),
    ],
)
def test_an_address_is_written_for_machines(written: tuple[str, ...], sorted_by_machines: tuple[str, ...]) -> None:
    assert postal_lines(written) == sorted_by_machines
    assert postal_lines(sorted_by_machines) == sorted_by_machines


def test_abroad_the_country_is_the_last_line_and_punctuation_stays() -> None:
    written = ("Sra. García", "Calle Mayor, 5, 2.º A", "28013 Madrid")

    assert postal_lines(written, country="Espagne") == (
        "Sra. García",
        "Calle Mayor, 5, 2.º A",
        "28013 MADRID",
        "ESPAGNE",
    )


def test_abroad_six_lines_and_the_country_are_allowed() -> None:
    assert len(postal_lines(("Ligne",) * 6, country="Suisse")) == 7


@pytest.mark.parametrize("country", ["", "Belgique"])
@pytest.mark.parametrize("place", range(3))
def test_a_line_of_39_characters_is_refused_and_named(place: int, country: str) -> None:
    lines = ["Mme Aubert", "3 RUE DU FOUR", "75011 PARIS"]
    lines[place] = "X" * 39

    with pytest.raises(AddressLineTooLong) as refusal:
        postal_lines(lines, country=country)

    assert refusal.value.values == {"line": "X" * 39}


def test_seven_lines_are_refused() -> None:
    with pytest.raises(AddressTooTall) as refusal:
        postal_lines(("Ligne",) * 7)

    assert refusal.value.values == {"lines": ("Ligne",) * 7}


@pytest.mark.parametrize("lines", [(), ("",), ("Mme Aubert", " -")])
def test_a_name_without_a_place_is_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(AddressEmpty) as refusal:
        postal_lines(lines)

    assert refusal.value.values == {"lines": lines}
