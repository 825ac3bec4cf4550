"""POR-02 and POR-03: the commitment, the RIO, and not a word more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ligneclaire.contracts.queries.household import Holding
from ligneclaire.contracts.rules.early_termination import BeforeTwelve, Commitment
from ligneclaire.kernel.money import Money
from ligneclaire.voice.wording import rio
from voice.letters import holding

MOBILE = replace(holding("K-MOB-31", "Mobile", "+33639980001", "2025-01-15"), rio="02PABC123IHE")
BOUND = replace(
    MOBILE,
    committed_until=date(2027, 1, 20),
    commitment=Commitment(
        concluded_on=date(2025, 1, 15),
        accepted_on=date(2025, 1, 20),
        months=24,
        monthly=Money.of("10.00"),
        subsidised_handset=True,
        policy=BeforeTwelve.FULL_TO_END,
        contract_fee=None,
        clause="12.3",
    ),
)


def told(held: Holding, *, today: date = date(2026, 11, 20), language: str = "fr") -> str:
    return rio.told(held, holder="Anne Lenoir", today=today, language=language).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "fr",
            (
                "L’engagement de Anne Lenoir contracté le 20/01/2025 prendra fin le 20/01/2027."
                " Le RIO est : 02 P ABC123 IHE"
            ),
        ),
        (
            "en",
            (
                "The commitment of Anne Lenoir, entered into on 20/01/2025, will end on 20/01/2027."
                " The RIO is: 02 P ABC123 IHE"
            ),
        ),
    ],
)
def test_por_02_a_commitment_is_told_before_the_rio(language: str, sentence: str) -> None:
    assert told(BOUND, language=language) == sentence


@pytest.mark.parametrize("held", [MOBILE, replace(BOUND, committed_until=date(2026, 11, 20))])
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Anne Lenoir est titulaire d’un contrat non soumis à un engagement. Le RIO est : 02 P ABC123 IHE"),
        ("en", "Anne Lenoir holds a contract without commitment. The RIO is: 02 P ABC123 IHE"),
    ],
)
def test_por_02_without_commitment_that_is_told(held: Holding, language: str, sentence: str) -> None:
    assert told(held, language=language) == sentence


def test_por_02_where_only_the_end_is_known_it_began_with_the_contract() -> None:
    only_end = replace(MOBILE, committed_until=date(2027, 1, 15))

    assert told(only_end).startswith("L’engagement de Anne Lenoir contracté le 15/01/2025 prendra fin le 15/01/2027.")


def test_without_a_rio_nothing_is_told() -> None:
    assert told(replace(BOUND, rio="")) == ""
