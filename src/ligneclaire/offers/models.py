"""What we sell and at what price."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ligneclaire.kernel.money import Money
from ligneclaire.kernel.rows import Stamped
from ligneclaire.offers.states import OfferKind


class Offer(Stamped):
    """Something we sell, at a price per month, with the terms that come with it."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=OfferKind)
    price_minor = models.BigIntegerField()
    deposit_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    terms = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(name="offer_kind_known", condition=Q(kind__in=OfferKind.values)),
            models.CheckConstraint(name="offer_price_not_negative", condition=Q(price_minor__gte=0)),
            models.CheckConstraint(
                name="offer_deposit_positive",
                condition=Q(deposit_minor__isnull=True) | Q(deposit_minor__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def price_per_month(self) -> Money:
        """What a month costs."""
        return Money(self.price_minor, self.currency)

    @property
    def deposit(self) -> Money | None:
        """What the customer leaves with us until the equipment is back, if anything."""
        return None if self.deposit_minor is None else Money(self.deposit_minor, self.currency)
