"""What a world file says of commitments and RIO, and what of it cannot be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from builders import a_world, the_story_world
from ligneclaire.contracts.models import Contract
from ligneclaire.contracts.queries import household
from ligneclaire.contracts.queries.household import Holding
from ligneclaire.contracts.rules.early_termination import BeforeTwelve, Commitment
from ligneclaire.kernel.money import Money
from ligneclaire.simulation.world import WorldRefused

pytestmark = pytest.mark.django_db

PATH = "$.customers[2].contracts[0]"
BOUND = {
    "accepted_on": "2025-01-15",
    "months": 24,
    "subsidised_handset": True,
    "clause": "12.3",
    "before_month_twelve": "to month twelve, then part",
}


def a_world_with(**terms: Any) -> Any:
    """The story's world, where more is known of Mme Aubert's mobile contract, +33 6 39 98 03 01."""
    world = the_story_world()
    world["customers"][2]["contracts"][0] |= {"since": "2025-01-15", **terms}
    return world


def held(**terms: Any) -> Holding:
    a_world(a_world_with(**terms))
    [holding] = household.of(["C-3001"])["C-3001"]
    return holding


def problems(**terms: Any) -> list[str]:
    with pytest.raises(WorldRefused) as refused:
        a_world(a_world_with(**terms))
    assert Contract.objects.count() == 0
    return [str(problem) for problem in refused.value.problems]


def test_a_commitment_is_known_with_its_end() -> None:
    holding = held(concluded_on="2025-01-10", commitment=BOUND | {"fee": "199.00"})

    assert (holding.concluded_on, holding.committed_until) == (date(2025, 1, 10), date(2027, 1, 15))
    assert holding.commitment == Commitment(
        concluded_on=date(2025, 1, 10),
        accepted_on=date(2025, 1, 15),
        months=24,
        monthly=Money.of("45.00"),
        subsidised_handset=True,
        policy=BeforeTwelve.FULL_TO_M12_THEN_PCT,
        contract_fee=Money.of("199.00"),
        clause="12.3",
    )


def test_a_contract_is_concluded_on_the_day_on_which_it_begins_unless_said() -> None:
    holding = held()

    assert (holding.concluded_on, holding.committed_until) == (date(2025, 1, 15), None)
    assert (holding.commitment, holding.rio) == (None, "")


def test_a_commitment_without_fee_and_clause_is_one() -> None:
    bound = {name: value for name, value in BOUND.items() if name != "clause"}

    commitment = held(
        commitment=bound | {"before_month_twelve": "full to end"}, committed_until="2027-01-15"
    ).commitment

    assert commitment
    assert (commitment.contract_fee, commitment.clause, commitment.policy) == (None, "", BeforeTwelve.FULL_TO_END)


def test_the_same_commitment_again_changes_nothing_and_none_takes_it_away() -> None:
    bound = a_world_with(commitment=BOUND | {"fee": "0.00"})
    a_world(bound)

    assert a_world(bound).changed_nothing
    a_world()
    [holding] = household.of(["C-3001"])["C-3001"]
    assert (holding.commitment, holding.committed_until) == (None, None)


@pytest.mark.parametrize(
    ("terms", "problem"),
    [
        ({"commitment": BOUND | {"months": 36}}, ".commitment.months: at most 24 months, not 36 (TER-10)"),
        (
            {"commitment": BOUND | {"months": 0}},
            ".commitment.months: Input should be greater than or equal to 1",
        ),
        (
            {"commitment": BOUND | {"accepted_on": "soon"}},
            ".commitment.accepted_on: expected a day such as 2015-02-09",
        ),
        ({"commitment": BOUND | {"fee": "-1"}}, ".commitment.fee: expected an amount of zero or more"),
        (
            {"commitment": BOUND | {"clause": ""}},
            ".commitment.clause: expected one line of text without blanks at its ends",
        ),
        (
            {"commitment": BOUND | {"before_month_twelve": "all"}},
            ".commitment.before_month_twelve: Input should be 'full to end' or 'to month twelve, then part'",
        ),
        (
            {"commitment": BOUND | {"accepted_on": "2025-01-14"}},
            ".commitment: a commitment is accepted when the contract is concluded, on 2025-01-15, or later",
        ),
        (
            {"concluded_on": "2024-01-01", "commitment": BOUND | {"accepted_on": "2024-01-01", "months": 12}},
            ".commitment: a commitment ends after the contract begins, on 2025-01-15",
        ),
        (
            {"commitment": BOUND, "committed_until": "2027-01-16"},
            ".committed_until: the commitment ends on 2027-01-15",
        ),
        ({"concluded_on": "2025-01-16"}, ".concluded_on: a contract is concluded before it begins, on 2025-01-15"),
        ({"rio": "01PEROY4P"}, ".rio: '01PEROY4P' is no RIO, such as 01PEROY4P4TR"),
        ({"rio": "01PEROY4P4TR"}, ".rio: '01PEROY4P4TR' is the RIO of another number than +33639980301"),
    ],
)
def test_what_cannot_be_is_named_with_its_place(terms: dict[str, Any], problem: str) -> None:
    assert problems(**terms) == [PATH + problem]


def test_what_depends_on_something_wrong_is_not_judged() -> None:
    assert problems(since="soon", concluded_on="2025-01-16", commitment=BOUND, committed_until="2027-01-15") == [
        f"{PATH}.since: expected a day such as 2015-02-09"
    ]
    assert problems(line="12", rio="01PEROY4P4TR") == [f"{PATH}.line: '12' is not a telephone number"]


def test_where_no_law_is_entered_a_commitment_may_be_longer() -> None:
    world = a_world_with(commitment=BOUND | {"months": 36})
    world["operator"] |= {"country": "BE", "zone": "Europe/Brussels"}
    for part in world["customers"], world["advisers"]:
        for one in part:
            for name in {"mobile", "phone"} & set(one):
                one[name] = "+33639980301"
            for contract in one.get("contracts", []):
                contract["line"] = "+33639980301"

    a_world(world)

    [holding] = household.of(["C-3001"])["C-3001"]
    assert holding.committed_until == date(2028, 1, 15)


@pytest.mark.parametrize(
    ("line", "typed", "rio"),
    [
        ("06 39 98 00 01", "02 P ABC123 IHE", "02PABC123IHE"),
        ("06 39 98 00 02", "03-e-9z8y7x-m4k", "03E9Z8Y7XM4K"),
        ("06 39 98 99 99", "04P000000DT+", "04P000000DT+"),
        ("06 39 98 00 01", "01PT000006D+", "01PT000006D+"),
        ("01 99 00 12 34", "01 F HOME01 4WY", "01FHOME014WY"),
    ],
)
def test_a_rio_is_read_as_people_type_it_and_fits_its_line(line: str, typed: str, rio: str) -> None:
    assert held(line=line, rio=typed).rio == rio
