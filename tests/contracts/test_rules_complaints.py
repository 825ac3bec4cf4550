"""Levels of a complaint, and the numbers of customer care."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ligneclaire.contracts.rules.care_numbers import is_allowed
from ligneclaire.contracts.rules.complaints import (
    Complaint,
    Level,
    Ombudsman,
    consumer_service_from,
    levels_on,
    missing_in_negative_answer,
    ombudsman,
    ombudsman_from,
    ombudsman_rejects_by,
    ombudsman_result_by,
    ombudsman_until,
)

MADE_ON = date(2026, 11, 22)
SILENT = Complaint(made_on=MADE_ON)
ONE_DAY = timedelta(days=1)


def test_complaint_without_an_answer_goes_up_after_one_month_and_to_the_ombudsman_after_two() -> None:
    assert consumer_service_from(SILENT) == date(2026, 12, 22)
    assert ombudsman_from(SILENT) == date(2027, 1, 22)
    assert ombudsman_until(SILENT) == date(2027, 11, 22)


@pytest.mark.parametrize(
    ("day", "levels"),
    [
        (MADE_ON - ONE_DAY, ()),
        (MADE_ON, (Level.CUSTOMER_SERVICE,)),
        (date(2026, 12, 21), (Level.CUSTOMER_SERVICE,)),
        (date(2026, 12, 22), (Level.CUSTOMER_SERVICE, Level.CONSUMER_SERVICE)),
        (date(2027, 1, 21), (Level.CUSTOMER_SERVICE, Level.CONSUMER_SERVICE)),
        (date(2027, 1, 22), tuple(Level)),
        (date(2027, 11, 22), tuple(Level)),
        (date(2027, 11, 23), (Level.CUSTOMER_SERVICE, Level.CONSUMER_SERVICE)),
    ],
)
def test_complaint_levels_open_one_after_the_other(day: date, levels: tuple[Level, ...]) -> None:
    assert levels_on(SILENT, day) == levels


@pytest.mark.parametrize(
    ("complaint", "consumer_service", "ombudsman_opens"),
    [
        # Answered, but not settled.
        (Complaint(made_on=MADE_ON, answered_on=date(2026, 11, 30)), date(2026, 11, 30), None),
        # Answered late: the silence had opened both ways before.
        (Complaint(made_on=MADE_ON, answered_on=date(2027, 2, 1)), date(2026, 12, 22), date(2027, 1, 22)),
        # Taken further without a second answer.
        (
            Complaint(made_on=MADE_ON, answered_on=date(2026, 11, 30), taken_further_on=date(2026, 12, 1)),
            date(2026, 11, 30),
            date(2027, 1, 1),
        ),
        # The second answer does not settle it either.
        (
            Complaint(
                made_on=MADE_ON,
                answered_on=date(2026, 11, 30),
                taken_further_on=date(2026, 12, 1),
                answered_again_on=date(2026, 12, 9),
            ),
            date(2026, 11, 30),
            date(2026, 12, 9),
        ),
    ],
)
def test_complaint_answers_open_the_next_level(
    complaint: Complaint, consumer_service: date, ombudsman_opens: date | None
) -> None:
    assert (consumer_service_from(complaint), ombudsman_from(complaint)) == (consumer_service, ombudsman_opens)


def test_complaint_that_has_an_answer_does_not_reach_the_ombudsman_by_itself() -> None:
    answered = Complaint(made_on=MADE_ON, answered_on=date(2026, 11, 30))

    assert levels_on(answered, date(2027, 6, 1)) == (Level.CUSTOMER_SERVICE, Level.CONSUMER_SERVICE)


def test_complaint_with_the_ombudsman_is_rejected_in_three_weeks_or_decided_in_ninety_days() -> None:
    assert ombudsman_rejects_by(date(2027, 1, 22)) == date(2027, 2, 12)
    assert ombudsman_result_by(date(2027, 1, 22)) == date(2027, 4, 22)


def test_complaint_answers_that_refuse_name_the_ombudsman_and_the_site() -> None:
    who = Ombudsman(name="Médiateur des communications électroniques", site="mediation-telecom.org")
    good = f"Nous refusons. Le {who.name.lower()}\nvous écoute : www.{who.site}."

    assert ombudsman(on=MADE_ON) == who
    assert missing_in_negative_answer(good, on=MADE_ON) == ()
    assert missing_in_negative_answer("Nous refusons.", on=MADE_ON) == (who.name, who.site)


@pytest.mark.parametrize("prefix", ["0800", "0805", "0806", "0809", "0970", "+33809", "+33 9 70"])
def test_csq_01_care_answers_on_numbers_that_are_neither_geographic_nor_surcharged(prefix: str) -> None:
    assert is_allowed(f"{prefix} 00 00 00", on=MADE_ON) is True


@pytest.mark.parametrize("prefix", ["0199", "0639", "+33639", "0810", "0820", "0890"])
def test_csq_01_care_answers_neither_on_geographic_nor_mobile_nor_surcharged_numbers(prefix: str) -> None:
    assert is_allowed(f"{prefix} 00 00 00", on=MADE_ON) is False


@pytest.mark.parametrize("number", ["3000", "3007", "30 09", "3169", "3179", "3199"])
def test_csq_01_care_answers_on_short_numbers_that_are_free(number: str) -> None:
    assert is_allowed(number, on=MADE_ON) is True


@pytest.mark.parametrize("number", ["", "118", "3008", "3170", "3200", "+34600", "0700 00000 00000"])
def test_csq_01_care_answers_on_no_other(number: str) -> None:
    assert is_allowed(number, on=MADE_ON) is False


def test_csq_01_the_operator_says_which_other_short_numbers_cost_an_ordinary_call() -> None:
    assert is_allowed("3400", on=MADE_ON) is False
    assert is_allowed("3400", on=MADE_ON, unsurcharged={"3400"}) is True
