"""No service, no bill: what is credited, with amounts worked out by hand."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligneclaire.contracts.rules import no_service
from ligneclaire.contracts.rules.no_service import Credit, Outage, Policy
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.money import Money
from ligneclaire.kernel.period import Period

LATER = date(2027, 12, 31)
THIRTY = Money.of("30.00")
REUNION = Calendar(region="974", zone="Indian/Reunion")

moments = st.integers(0, 120 * 24 * 2).map(
    lambda halves: datetime(2026, 9, 20, tzinfo=UTC) + timedelta(minutes=30 * halves)
)
lengths = st.integers(0, 40 * 24 * 2).map(lambda halves: timedelta(minutes=30 * halves))
outages_of = st.lists(st.tuples(moments, lengths).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=5)
prices = st.integers(0, 20_000).map(Money)
policies = st.sampled_from(Policy)


def an_outage(begins: str, ends: str | None = None) -> Outage:
    return datetime.fromisoformat(begins), None if ends is None else datetime.fromisoformat(ends)


def told(given_back: tuple[Credit, ...]) -> list[tuple[str, str, int, str]]:
    return [(str(each.period_from), str(each.period_to), each.days, str(each.amount.amount)) for each in given_back]


def total(outages: list[Outage], price: Money, policy: Policy = Policy.STARTED_DAY, upto: date = LATER) -> int:
    return sum(each.amount.minor for each in no_service.credits_of(outages, price, upto=upto, policy=policy))


def days(outages: list[Outage], policy: Policy) -> int:
    return sum(each.days for each in no_service.credits_of(outages, THIRTY, upto=LATER, policy=policy))


@pytest.mark.parametrize(
    ("policy", "count", "to", "amount"),
    [
        (None, 4, "2026-11-04", "4.00"),
        (Policy.STARTED_DAY, 4, "2026-11-04", "4.00"),
        (Policy.FULL_24_HOURS, 3, "2026-11-03", "3.00"),
    ],
)
def test_sla_09_the_policy_says_whether_four_started_days_count_or_three_full_ones(
    policy: Policy | None, count: int, to: str, amount: str
) -> None:
    outage = an_outage("2026-11-01T09:00+01:00", "2026-11-04T10:00+01:00")

    assert told(no_service.credits_of([outage], THIRTY, upto=LATER, policy=policy)) == [
        ("2026-11-01", to, count, amount)
    ]


def test_sla_09_fifteen_days_of_thirty_euros_are_fifteen_euros() -> None:
    outage = an_outage("2026-11-06T00:00+01:00", "2026-11-21T00:00+01:00")

    for policy in Policy:
        found = told(no_service.credits_of([outage], THIRTY, upto=LATER, policy=policy))
        assert found == [("2026-11-06", "2026-11-20", 15, "15.00")]


def test_sla_09_the_month_without_a_line_is_given_back_month_by_month() -> None:
    outage = an_outage("2004-09-06T11:28+02:00", "2004-10-08T15:52+02:00")

    assert told(no_service.credits_of([outage], Money.of("48.90"), upto=date(2004, 10, 8))) == [
        ("2004-09-06", "2004-09-30", 25, "40.75"),
        ("2004-10-01", "2004-10-08", 8, "12.62"),
    ]


def test_sla_09_an_outage_that_goes_on_counts_up_to_the_day_named() -> None:
    dead = an_outage("2004-09-06T11:28+02:00")
    price = Money.of("48.90")

    assert told(no_service.credits_of([dead], price, upto=date(2004, 9, 30))) == [
        ("2004-09-06", "2004-09-30", 25, "40.75")
    ]
    assert told(no_service.credits_of([dead], price, upto=date(2004, 9, 6))) == [
        ("2004-09-06", "2004-09-06", 1, "1.63")
    ]
    assert no_service.credits_of([dead], price, upto=date(2004, 9, 5)) == ()
    assert told(no_service.credits_of([dead], price, upto=date(2004, 9, 8), policy=Policy.FULL_24_HOURS)) == [
        ("2004-09-06", "2004-09-07", 2, "3.26")
    ]


@pytest.mark.parametrize("policy", Policy)
@pytest.mark.parametrize("month", range(1, 13))
def test_sla_09_a_whole_month_is_exactly_the_price_also_when_the_clocks_change(policy: Policy, month: int) -> None:
    dead = an_outage("2025-12-01T00:00+01:00", "2027-02-01T00:00+01:00")
    price = Money.of("48.90")

    found = {each.period_from: each for each in no_service.credits_of([dead], price, upto=LATER, policy=policy)}

    assert found[date(2026, month, 1)] == Credit(
        period_from=date(2026, month, 1),
        period_to=date(2026, month, monthrange(2026, month)[1]),
        days=monthrange(2026, month)[1],
        amount=price,
    )


def test_sla_09_no_day_counts_twice() -> None:
    outages = [
        an_outage("2026-11-01T09:00+01:00", "2026-11-02T10:00+01:00"),
        an_outage("2026-11-02T08:00+01:00", "2026-11-03T09:00+01:00"),
        an_outage("2026-11-03T20:00+01:00", "2026-11-03T21:00+01:00"),
    ]

    assert told(no_service.credits_of(outages, THIRTY, upto=LATER)) == [("2026-11-01", "2026-11-03", 3, "3.00")]
    assert told(no_service.credits_of(outages, THIRTY, upto=LATER, policy=Policy.FULL_24_HOURS)) == [
        ("2026-11-01", "2026-11-02", 2, "2.00")
    ]


def test_sla_09_two_full_periods_of_24_hours_in_one_long_day_are_two_days() -> None:
    outages = [
        an_outage("2026-10-25T00:00+02:00", "2026-10-25T23:00+01:00"),
        an_outage("2026-10-25T23:30+01:00", "2026-10-26T23:30+01:00"),
    ]

    found = told(no_service.credits_of(outages, Money.of("31.00"), upto=LATER, policy=Policy.FULL_24_HOURS))

    assert found == [("2026-10-25", "2026-10-26", 2, "2.00")]


def test_sla_09_a_day_is_the_customers_own_and_ends_at_midnight() -> None:
    outage = an_outage("2026-11-01T20:30+00:00", "2026-11-02T20:00+00:00")
    nothing = an_outage("2026-11-05T12:00+00:00", "2026-11-05T12:00+00:00")

    assert told(no_service.credits_of([outage, nothing], THIRTY, upto=LATER, calendar=REUNION)) == [
        ("2026-11-02", "2026-11-02", 1, "1.00")
    ]
    assert told(no_service.credits_of([outage], THIRTY, upto=LATER)) == [("2026-11-01", "2026-11-02", 2, "2.00")]


def test_sla_09_what_was_not_charged_is_not_given_back() -> None:
    outage = an_outage("2026-11-01T09:00+01:00", "2026-12-04T10:00+01:00")
    charged = [Period(date(2026, 10, 20), date(2026, 11, 5)), Period(date(2026, 11, 29), date(2026, 12, 1))]

    assert told(no_service.credits_of([outage], THIRTY, upto=LATER, charged=charged)) == [
        ("2026-11-01", "2026-11-30", 6, "6.00")
    ]
    assert no_service.credits_of([outage], THIRTY, upto=LATER, charged=[]) == ()


def test_sla_09_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^price: a monthly price is not negative: -0.01 EUR$"):
        no_service.credits_of([], Money(-1), upto=LATER)
    with pytest.raises(ValueError, match=r"^a span ends after it begins: "):
        no_service.credits_of([an_outage("2026-11-02T09:00+01:00", "2026-11-01T09:00+01:00")], THIRTY, upto=LATER)


@given(outages_of, prices, policies)
def test_sla_09_a_month_never_gives_back_more_than_its_price(
    outages: list[Outage], price: Money, policy: Policy
) -> None:
    found = no_service.credits_of(outages, price, upto=LATER, policy=policy)

    months = [(each.period_from.year, each.period_from.month) for each in found]
    assert months == sorted(set(months))
    for each in found:
        length = monthrange(each.period_from.year, each.period_from.month)[1]
        assert 1 <= each.days <= (each.period_to - each.period_from).days + 1 <= length
        assert Money(0) <= each.amount <= price
        assert price.minor * each.days <= each.amount.minor * length < price.minor * each.days + length


@given(outages_of, outages_of, prices)
def test_sla_09_more_outage_is_never_less_credit(outages: list[Outage], more: list[Outage], price: Money) -> None:
    assert total(outages + more, price) >= total(outages, price)
    assert days(outages + more, Policy.FULL_24_HOURS) >= days(outages, Policy.FULL_24_HOURS)


@given(moments, lengths, lengths, prices, policies)
def test_sla_09_an_outage_that_goes_on_longer_is_never_less_credit(
    begins: datetime, length: timedelta, more: timedelta, price: Money, policy: Policy
) -> None:
    shorter, longer = begins + length, begins + length + more

    assert total([(begins, longer)], price, policy) >= total([(begins, shorter)], price, policy)
    assert total([(begins, None)], price, policy) >= total([(begins, longer)], price, policy)


@given(outages_of, prices)
def test_sla_09_full_days_never_give_back_more_days_than_started_ones(outages: list[Outage], price: Money) -> None:
    assert days(outages, Policy.FULL_24_HOURS) <= days(outages, Policy.STARTED_DAY)
    assert days([*outages, *outages], Policy.FULL_24_HOURS) == days(outages, Policy.FULL_24_HOURS)
