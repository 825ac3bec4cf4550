from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from builders import refused_by
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.money import Money
from ligneclaire.kernel.rows import Tally
from ligneclaire.offers.actions.import_offers import import_offers
from ligneclaire.offers.models import Offer
from ligneclaire.offers.states import OfferKind
from ligneclaire.offers.values import OfferEntry

pytestmark = pytest.mark.django_db

NOW = datetime(2015, 1, 1, tzinfo=UTC)
ADSL = OfferEntry(
    code="ADSL-PHONE",
    name="Internet et téléphone ADSL",
    kind=OfferKind.FIXED,
    price_per_month=Money.of("36.00"),
    deposit=Money.of("49.00"),
    terms={},
)
MOBILE = OfferEntry(
    code="MOBILE-1H",
    name="Mobile 1 heure",
    kind=OfferKind.MOBILE,
    price_per_month=Money.of("26.00"),
    deposit=None,
    terms={"allowance": {"voice_seconds": 3600}, "out_of_plan": {"sms": "0.12"}},
)


def import_them(*offers: OfferEntry) -> Tally:
    [(what, tally)] = import_offers(offers=offers, by=SYSTEM, at=NOW).items()
    assert what == "offers"
    return tally


def kept(code: str) -> OfferEntry:
    row = Offer.objects.get(code=code)
    return OfferEntry(
        code=row.code,
        name=row.name,
        kind=OfferKind(row.kind),
        price_per_month=row.price_per_month,
        deposit=row.deposit,
        terms=row.terms,
    )


def test_offers_are_kept_as_they_are_listed() -> None:
    assert import_them(ADSL, MOBILE) == Tally(new=2)
    assert (kept("ADSL-PHONE"), kept("MOBILE-1H")) == (ADSL, MOBILE)


def test_the_same_offers_again_change_nothing() -> None:
    import_them(ADSL, MOBILE)

    assert import_them(ADSL, MOBILE) == Tally(same=2)


def test_an_offer_that_differs_is_brought_up_to_date_and_the_others_stay() -> None:
    import_them(ADSL, MOBILE)
    dearer = replace(ADSL, price_per_month=Money.of("37.00"), deposit=None, terms={"allowance": {"sms": 50}})

    assert import_them(dearer) == Tally(changed=1)
    assert (kept("ADSL-PHONE"), kept("MOBILE-1H")) == (dearer, MOBILE)


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("offer_kind_known", {"kind": "CABLE"}),
        ("offer_price_not_negative", {"price_minor": -1}),
        ("offer_deposit_positive", {"deposit_minor": 0}),
        ("offers_offer_code", {"code": "MOBILE-1H"}),
    ],
)
def test_the_database_refuses_impossible_offers(constraint: str, wrong: dict[str, object]) -> None:
    import_them(ADSL, MOBILE)

    with refused_by(constraint):
        Offer.objects.filter(code="ADSL-PHONE").update(**wrong)
