from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligneclaire.people.rules.phone import e164
from ligneclaire.people.rules.plain import plain
from ligneclaire.people.rules.stand_in import Away, stand_in

ADVISERS = ("A-1", "A-2", "A-3", "A-4")


def away(backup: str, *duties: str) -> Away:
    return Away(backup=backup, until=date(2015, 3, 1), duties=duties)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("+33639980101", "+33639980101", id="as it is kept"),
        pytest.param("06 39 98 01 01", "+33639980101", id="as people write it"),
        pytest.param("06.39.98.01.01", "+33639980101", id="with dots"),
        pytest.param("06\u202f39\u202f98\u202f01\u202f01", "+33639980101", id="with narrow spaces"),
        pytest.param("+33 (0)6 39 98 01 01", "+33639980101", id="with the zero in brackets"),
        pytest.param("+330639980101", "+33639980101", id="with a zero too many"),
        pytest.param("0033639980101", "+33639980101", id="with the code for abroad"),
        pytest.param("+34612345678", "+34612345678", id="of another country"),
        pytest.param("+390612345678", "+390612345678", id="of a country whose zero belongs to the number"),
        pytest.param("1090", None, id="a service number is no line"),
        pytest.param("+3363998010", None, id="a digit short"),
        pytest.param("+336399801011", None, id="a digit too many"),
        pytest.param("+999123456789", None, id="a country that is none"),
        pytest.param("01 99 00 01 01 poste 3", None, id="with words"),
        pytest.param("٠٦٣٩٩٨٠١٠١", None, id="with digits of another script"),
        pytest.param("(0)", None, id="hardly anything"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_telephone_numbers_are_read_as_people_write_them(text: str, number: str | None) -> None:
    assert e164(text, region="FR") == number


def test_a_national_number_needs_a_known_region() -> None:
    assert e164("06 39 98 01 01", region="") is None


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("M. et Mme Lenoir", "m et mme lenoir"),
        ("Élise DUCŒUR-Maçon", "elise ducoeur macon"),
        ("L'Haÿ  les Roses", "l hay les roses"),
        ("Straße Ægir", "strasse aegir"),
        ("...", ""),
    ],
)
def test_plain_text_has_no_accents_capitals_or_punctuation(text: str, bare: str) -> None:
    assert plain(text) == bare


@given(st.text())
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("absent", "present"),
    [
        pytest.param({}, "A-1", id="nobody is away"),
        pytest.param({"A-2": away("A-1")}, "A-1", id="only the backup is away"),
        pytest.param({"A-1": away("A-2")}, "A-2", id="the backup answers"),
        pytest.param({"A-1": away("A-2"), "A-2": away("A-3")}, "A-3", id="the backup's backup answers"),
        pytest.param({"A-1": away("A-2"), "A-2": away("A-1")}, "A-2", id="nobody is there: the backup"),
        pytest.param(
            {"A-1": away("A-2"), "A-2": away("A-3"), "A-3": away("A-2")}, "A-2", id="a circle without the adviser"
        ),
        pytest.param({"A-1": away("A-2", "A-4")}, "A-2", id="the backup comes before who is on duty"),
        pytest.param({"A-1": away("A-2", "A-4"), "A-2": away("A-3", "A-4")}, "A-4", id="who is on duty answers"),
        pytest.param(
            {one: away(backup, "A-4") for one, backup in (("A-1", "A-2"), ("A-2", "A-3"), ("A-4", "A-1"))},
            "A-3",
            id="who is on duty is away too: the backup's backup",
        ),
        pytest.param(
            {one: away(backup, "A-4", "A-5") for one, backup in (("A-1", "A-2"), ("A-2", "A-3"), ("A-4", "A-1"))},
            "A-5",
            id="who is on duty for the team is away too: who is for the house",
        ),
    ],
)
def test_who_answers_for_an_adviser(absent: dict[str, Away], present: str) -> None:
    assert stand_in("A-1", absent) == present


@given(
    st.dictionaries(
        st.sampled_from(ADVISERS),
        st.tuples(st.sampled_from(ADVISERS), st.lists(st.sampled_from(ADVISERS), max_size=2)).map(
            lambda one: away(one[0], *one[1])
        ),
    )
)
def test_somebody_answers_and_is_there_unless_the_way_to_them_is_a_circle(absent: dict[str, Away]) -> None:
    present = stand_in("A-1", absent)

    assert present not in absent or present == absent["A-1"].backup
