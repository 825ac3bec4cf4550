"""Who holds what, since when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ligneclaire.kernel.rows import Stamped


class Contract(Stamped):
    """A line that a customer holds on an offer."""

    number = models.CharField(max_length=40, unique=True)
    customer = models.ForeignKey(
        "people.Customer", on_delete=models.PROTECT, to_field="number", related_name="+", db_index=False
    )
    offer = models.ForeignKey(
        "offers.Offer", on_delete=models.PROTECT, to_field="code", related_name="+", db_index=False
    )
    line = models.CharField(max_length=16)
    since = models.DateField()
    committed_until = models.DateField(null=True)
    place = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="contract_and_customer", fields=["customer", "number"]),
            models.CheckConstraint(
                name="contract_commitment_after_start",
                condition=Q(committed_until__isnull=True) | Q(committed_until__gt=F("since")),
            ),
            models.CheckConstraint(name="contract_line_is_e164", condition=Q(line__regex=r"^\+[1-9][0-9]{6,14}$")),
        ]
        indexes = [models.Index(name="contract_line", fields=["line"])]

    def __str__(self) -> str:
        return self.number


class Equipment(Stamped):
    """A thing of ours at the customer's place."""

    # One foreign key over both columns, in the migration, says that the contract is this customer's.
    customer = models.ForeignKey(
        "people.Customer",
        on_delete=models.PROTECT,
        to_field="number",
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    contract = models.ForeignKey(
        Contract,
        on_delete=models.PROTECT,
        to_field="number",
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    kind = models.CharField(max_length=40)
    serial = models.CharField(max_length=60, unique=True)

    class Meta:
        indexes = [
            models.Index(name="equipment_customer", fields=["customer"]),
            models.Index(name="equipment_contract", fields=["contract"]),
        ]

    def __str__(self) -> str:
        return self.serial
