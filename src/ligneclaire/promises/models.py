"""What we told, to whom, by when, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ligneclaire.promises.rules import Matter, PledgeState


class Promise(models.Model):
    """A date or an amount that a customer was told."""

    customer = models.CharField(max_length=20)
    subject = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    matter = models.CharField(max_length=8, choices=[(matter.value, matter.value) for matter in Matter])
    value = models.JSONField(null=True)
    due_on = models.DateField(null=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=[(state.value, state.value) for state in PledgeState])
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="promise_once", fields=["made_by", "subject", "key", "matter"]),
            models.UniqueConstraint(
                name="promise_one_waiting",
                fields=["customer", "subject", "key", "matter"],
                condition=Q(state__in=["open", "unconfirmed"]),
            ),
            models.CheckConstraint(
                name="promise_closed_when_not_open",
                condition=Q(state="open", closed_at__isnull=True) | ~Q(state="open") & Q(closed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="promise_of_customer", fields=["customer", "made_at"]),
            models.Index(name="promise_due", fields=["due_on"], condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.customer} {self.subject} {self.key} {self.due_on}"
