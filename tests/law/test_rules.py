"""The entered rules, each with the test vectors of the project's table of facts."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from ligneclaire import law
from ligneclaire.kernel.calendar import Calendar, DayKind, add_months
from ligneclaire.kernel.money import Money, Rounding
from ligneclaire.law import Unit

FRANCE = Calendar()
TODAY = date(2026, 11, 22)


def days_after(rule: str, day: date, country: str = "FR") -> date:
    limit = law.value(rule, on=TODAY, country=country)
    return FRANCE.add(day, limit.of(int), limit.day_kind)


def days_before(rule: str, day: date) -> date:
    limit = law.value(rule, on=TODAY)
    return FRANCE.subtract(day, limit.of(int), limit.day_kind)


def months(rule: str) -> int:
    limit = law.value(rule, on=TODAY)
    assert limit.unit is Unit.MONTHS
    return limit.of(int)


def changes_on(rule: str, day: date, country: str = "FR") -> list[object]:
    return [law.value(rule, on=each, country=country).value for each in (day - timedelta(days=1), day)]


def test_ter_01_received_on_22_november_ends_at_the_latest_on_2_december() -> None:
    assert days_after("TER-01", date(2026, 11, 22)) == date(2026, 12, 2)
    assert days_after("TER-01", date(2015, 2, 10)) == date(2015, 2, 20)


def test_ter_02_who_sells_online_offers_termination_online() -> None:
    assert law.value("TER-02", on=TODAY).of(bool) is True


def test_ter_03_the_function_is_labelled_as_the_decree_says_and_one_step_away() -> None:
    assert law.value("TER-03.label", on=TODAY).of(str) == "résilier votre contrat"
    assert law.value("TER-03.steps", on=TODAY).of(int) == 1


def test_ter_04_nobody_has_to_make_an_account() -> None:
    assert law.value("TER-04", on=TODAY).of(bool) is True


def test_ter_06_a_proof_goes_by_post_and_by_another_way() -> None:
    assert law.value("TER-06.proof_ways", on=TODAY).value == ("postal_address", "email", "upload")


def test_ter_07_the_third_click_is_labelled_as_the_decree_says() -> None:
    assert law.value("TER-07.label", on=TODAY).of(str) == "notification de la résiliation"
    assert law.value("TER-07.clicks", on=TODAY).of(int) == 3


def test_ter_08_is_required() -> None:
    assert law.value("TER-08", on=TODAY).of(bool) is True


def test_ter_08_an_acknowledgement_has_eleven_parts() -> None:
    contents = law.value("TER-08.contents", on=TODAY).of(tuple)

    assert (len(contents), contents[0], contents[2], contents[-1]) == (11, "receipt", "end", "mandate")


def test_ter_09_the_fine_is_15_000_or_75_000_euros() -> None:
    assert law.value("TER-09.fine_natural", on=TODAY).of(Money) == Money.of("15000.00")
    assert law.value("TER-09.fine_legal", on=TODAY).of(Money) == Money.of("75000.00")


def test_ter_10_no_commitment_beyond_24_months() -> None:
    assert months("TER-10") == 24


@pytest.mark.parametrize(
    ("rule", "concluded_on", "remaining", "cap"),
    [
        ("TER-11.cap_with_handset", date(2025, 1, 15), "300.00", "60.00"),
        ("TER-11.cap_without_handset", date(2025, 1, 15), "300.00", "0.00"),
        ("TER-11.cap_with_handset", date(2022, 6, 1), "300.00", "75.00"),
        ("TER-11.cap_without_handset", date(2022, 6, 1), "300.00", "75.00"),
        ("TER-11.cap_with_handset", date(2022, 12, 31), "300.00", "75.00"),
        ("TER-11.cap_with_handset", date(2023, 1, 1), "300.00", "60.00"),
        ("TER-11.cap_without_handset", date(2022, 12, 31), "300.00", "75.00"),
        ("TER-11.cap_without_handset", date(2023, 1, 1), "300.00", "0.00"),
    ],
)
def test_ter_11_the_date_of_the_contract_decides_the_cap(
    rule: str, concluded_on: date, remaining: str, cap: str
) -> None:
    found = law.value(rule, on=TODAY, concluded_on=concluded_on)

    assert Money.of(remaining).share(found.of(Fraction), rounding=Rounding.DOWN) == Money.of(cap)
    assert found.earliest is False


def test_ter_11_the_fee_is_capped_after_twelve_months_whatever_the_contract() -> None:
    for concluded_on in (date(2010, 1, 1), date(2025, 1, 15)):
        after = law.value("TER-11.capped_after", on=TODAY, concluded_on=concluded_on)
        assert (after.value, after.unit, after.earliest) == (12, Unit.MONTHS, False)


def test_ter_14_a_renewal_on_1_march_is_announced_between_december_and_february() -> None:
    renewal = date(2027, 3, 1)

    assert add_months(renewal, -months("TER-14.inform_from")) == date(2026, 12, 1)
    assert add_months(renewal, -months("TER-14.inform_until")) == date(2027, 2, 1)
    assert days_after("TER-14.notice_days", date(2026, 11, 22)) == date(2026, 12, 2)
    assert months("TER-14.best_tariff_every") == 12


def test_ter_17_leaving_is_explained_without_contacting_us() -> None:
    assert law.value("TER-17", on=TODAY).of(bool) is True


def test_ter_18_is_kept_as_a_safe_default() -> None:
    rule = law.value("TER-18", on=TODAY)

    assert (rule.value, rule.marks) == (True, (law.Mark.OWN, law.Mark.VERIFY))


def test_ter_19_equipment_received_on_22_november_is_refunded_by_2_december() -> None:
    assert days_after("TER-19.deposit_days", date(2026, 11, 22)) == date(2026, 12, 2)
    assert days_after("TER-19.advance_days", date(2026, 11, 22)) == date(2026, 12, 2)


def test_ter_20_a_late_deposit_of_49_euros_becomes_73_50() -> None:
    times = law.value("TER-20", on=date(2026, 12, 5)).of(Fraction)

    assert Money.of("49.00").share(times, rounding=Rounding.HALF_UP) == Money.of("73.50")


def test_ter_22_the_mailbox_stays_six_months() -> None:
    assert add_months(date(2026, 12, 2), months("TER-22")) == date(2027, 6, 2)


def test_ter_23_the_number_is_portable_forty_days_and_free_between_45_and_120() -> None:
    ended = date(2026, 12, 2)

    assert add_months(ended, months("TER-23.port_months")) == date(2027, 1, 2)
    assert days_after("TER-23.port_days", ended) == date(2027, 1, 11)
    assert days_after("TER-23.reuse_after_days", ended) == date(2027, 1, 16)
    assert days_after("TER-23.reuse_until_days", ended) == date(2027, 4, 1)


def test_ter_26_another_service_is_announced_the_same_way_and_refunded_in_thirty_days() -> None:
    assert [months("TER-26.inform_from"), months("TER-26.inform_until")] == [3, 1]
    assert days_after("TER-26.refund_days", date(2026, 11, 22)) == date(2026, 12, 22)


def test_ter_27_an_electronic_contract_of_239_76_is_kept_ten_years() -> None:
    assert Money.of("9.99") * 24 >= law.value("TER-27.from_amount", on=TODAY).of(Money)
    assert law.value("TER-27.from_amount", on=TODAY).of(Money) == Money.of("120.00")
    kept = law.value("TER-27.keep", on=TODAY)
    assert (kept.value, kept.unit) == (10, Unit.YEARS)


def test_wdr_01_a_contract_of_22_november_can_be_left_until_monday_7_december() -> None:
    assert FRANCE.deadline(date(2026, 11, 22), law.value("WDR-01", on=TODAY).of(int)) == date(2026, 12, 7)


def test_wdr_02_without_information_the_time_is_a_year_longer() -> None:
    initial_end = FRANCE.deadline(date(2026, 3, 2), law.value("WDR-01", on=date(2026, 3, 2)).of(int))

    assert initial_end == date(2026, 3, 16)
    assert add_months(initial_end, months("WDR-02.extension")) == date(2027, 3, 16)
    assert law.value("WDR-02.late_days", on=TODAY).of(int) == 14


def test_wdr_03_everything_is_refunded_in_fourteen_days() -> None:
    assert days_after("WDR-03", date(2026, 11, 22)) == date(2026, 12, 6)


def test_wdr_07_the_online_function_is_required_since_19_june_2026() -> None:
    assert changes_on("WDR-07", date(2026, 6, 19)) == [False, True]


def test_wdr_07_both_labels_and_the_fine_hold_since_the_same_day() -> None:
    since = date(2026, 6, 19)
    rules = {"label", "confirm_label", "fine_natural", "fine_legal"}
    found = {rule: law.value(f"WDR-07.{rule}", on=since) for rule in rules}

    assert {rule: each.value for rule, each in found.items()} == {
        "label": "renoncer au contrat ici",
        "confirm_label": "confirmer la rétractation",
        "fine_natural": Money.of("15000.00"),
        "fine_legal": Money.of("75000.00"),
    }
    assert {each.valid_from for each in found.values()} == {since}


def test_por_01_the_rio_is_told_by_3179_and_overseas_by_text_message() -> None:
    assert law.value("POR-01.number", on=TODAY).of(str) == "3179"
    assert law.value("POR-01.overseas", on=TODAY).of(str) == "#3179#"
    assert law.value("POR-01.suspended_by_customer_service", on=TODAY).of(bool) is True


def test_por_02_a_rio_is_confirmed_by_text_message() -> None:
    assert law.value("POR-02.confirmed_by_sms", on=TODAY).of(bool) is True


def test_por_03_a_rio_is_told_for_its_sole_purpose() -> None:
    assert law.value("POR-03", on=TODAY).of(bool) is True


def test_por_05_a_request_of_23_december_is_done_by_monday_28() -> None:
    assert days_after("POR-05.consumer_days", date(2026, 12, 23)) == date(2026, 12, 28)
    assert days_after("POR-05.technical_days", date(2026, 12, 24)) == date(2026, 12, 26)


def test_por_05_fixed_business_numbers_take_three_days_from_july_2027() -> None:
    assert changes_on("POR-05.fixed_business_days", date(2027, 7, 1)) == [7, 3]


def test_por_12_three_days_late_cost_12_euros_and_a_lost_number_479_76() -> None:
    price = Money.of("19.99")
    late = law.value("POR-12.late_per_day", on=TODAY).of(Fraction)
    lost = law.value("POR-12.lost_number", on=TODAY).of(Fraction)

    assert price.share(3 * late, rounding=Rounding.UP) == Money.of("12.00")
    assert Money.of("20.00").share(late, rounding=Rounding.UP) == Money.of("4.00")
    assert price.share(lost, rounding=Rounding.UP) == Money.of("479.76")
    assert law.value("POR-12.missed_appointment_per_day", on=TODAY).of(Fraction) == Fraction(1, 5)
    assert days_after("POR-12.pay_days", date(2026, 11, 22)) == date(2026, 12, 22)


def test_por_12_a_prepaid_price_is_that_of_thirty_days() -> None:
    assert law.value("POR-12.prepaid_days", on=TODAY).of(int) == 30


def test_sla_03_the_reference_names_8_or_12_days_to_supply_and_48_hours_to_repair() -> None:
    assert days_after("SLA-03.supply_days_existing", date(2026, 11, 22)) == date(2026, 11, 30)
    assert days_after("SLA-03.supply_days", date(2026, 11, 22)) == date(2026, 12, 4)
    repair = law.value("SLA-03.repair_hours", on=date(2004, 9, 6))
    assert (repair.value, repair.unit, repair.marks, repair.earliest) == (48, Unit.HOURS, (law.Mark.VERIFY,), True)


def test_sla_05_guaranteed_repair_counts_ten_service_hours_or_four_hours() -> None:
    found = {
        level: (law.value(f"SLA-05.{level}", on=TODAY).value, law.value(f"SLA-05.{level}.clock", on=TODAY).value)
        for level in ("ftth_1", "ftto")
    }

    assert found == {"ftth_1": (10, "HO"), "ftto": (4, "24/7")}


def test_sla_06_service_hours_are_from_8_to_18() -> None:
    assert [law.value(f"SLA-06.{edge}", on=TODAY).of(int) for edge in ("opens", "closes")] == [8, 18]
    assert law.value("SLA-06.clocks", on=TODAY).value == ("24/7", "HO")


def test_sla_09_a_started_day_counts_unless_the_contract_says_24_hours() -> None:
    policy = law.value("SLA-09", on=date(2004, 9, 6))

    assert (policy.value, policy.marks, policy.earliest) == ("started_day", (law.Mark.OWN,), False)


def test_con_04_paper_and_detailed_bills() -> None:
    assert days_after("CON-04.paper_days", date(2026, 12, 23)) == date(2027, 1, 6)
    assert days_after("CON-04.detailed_days", date(2026, 11, 22)) == date(2026, 12, 2)
    assert months("CON-04.detailed_months") == 12
    assert law.value("CON-04.hidden_digits", on=TODAY).of(int) == 4


def test_roa_01_ukraine_and_moldova_joined_in_2026() -> None:
    before, after = (set(law.value("ROA-01", on=day).of(tuple)) for day in (date(2025, 12, 31), date(2026, 1, 1)))

    assert len(before) == 30
    assert after - before == {"UA", "MD"}
    assert before - after == set()


def test_roa_07_the_surcharge_falls_with_the_year() -> None:
    assert changes_on("ROA-07", date(2026, 1, 1)) == [Money.of("1.30"), Money.of("1.10")]
    assert changes_on("ROA-07", date(2027, 1, 1)) == [Money.of("1.10"), Money.of("1.00")]
    assert [law.value("ROA-07", on=date(year, 7, 1)).value for year in (2022, 2023, 2024)] == [
        Money.of("2.00"),
        Money.of("1.80"),
        Money.of("1.55"),
    ]


def test_chg_01_a_change_in_january_is_announced_in_december_and_leaves_four_months() -> None:
    assert add_months(date(2027, 1, 15), -months("CHG-01.notice")) == date(2026, 12, 15)
    assert add_months(date(2026, 12, 10), months("CHG-01.leave_within")) == date(2027, 4, 10)


def test_csq_03_the_number_of_customer_care_is_printed() -> None:
    assert law.value("CSQ-03", on=TODAY).of(bool) is True


def test_csq_04_sales_calls_need_consent_since_11_august_2026() -> None:
    assert changes_on("CSQ-04", date(2026, 8, 11)) == ["opt-out", "opt-in"]


def test_csq_10_the_relay_service_grew_on_1_october_2026() -> None:
    assert changes_on("CSQ-10.hours", date(2026, 10, 1)) == [3, 5]
    assert changes_on("CSQ-10.availability", date(2026, 10, 1)) == ["office hours", "24/7"]


def test_csq_11_accessibility_is_law_since_28_june_2025() -> None:
    assert changes_on("CSQ-11", date(2025, 6, 28)) == [False, True]


def test_csq_13_spain_answers_in_three_minutes_from_28_december_2026() -> None:
    assert changes_on("CSQ-13", date(2026, 12, 28), "ES") == [False, True]
    on = date(2026, 12, 28)
    spain = {each.id.partition(".")[2]: each.value for each in law.parameters("ES") if each.valid_from == on}
    assert spain == {
        "": True,
        "calls_in_time": Fraction(95, 100),
        "answer_minutes": 3,
        "complaint_days": 15,
        "human_on_request": True,
        "tracking_code": True,
        "no_suspension": True,
    }
    assert law.value("CSQ-13.complaint_days", on=on, country="ES").day_kind is DayKind.OUVRABLE


def test_prv_01_a_request_of_31_january_is_answered_by_monday_2_march() -> None:
    end = add_months(date(2026, 1, 31), months("PRV-01.answer"))

    assert FRANCE.next_day(end, DayKind.OUVRE) == date(2026, 3, 2)
    assert months("PRV-01.extension") == 2


def test_einvoice_large_companies_issue_from_2026_and_small_ones_from_2027() -> None:
    assert changes_on("einvoice.issue.large", date(2026, 9, 1)) == [False, True]
    assert changes_on("einvoice.issue.sme", date(2027, 9, 1)) == [False, True]


def test_copper_is_closed_on_two_dates() -> None:
    assert law.value("copper.commercial_closure", on=TODAY).value == (date(2026, 1, 31), date(2027, 1, 31))
