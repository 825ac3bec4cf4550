"""What we told, to whom, by when, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ligneclaire.promises.rules import Matter, PledgeState, SpokenState


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
            models.Index(name="promise_due", fields=["due_on"], condition=Q(state__in=["open", "unconfirmed"])),
        ]

    def __str__(self) -> str:
        return f"{self.customer} {self.subject} {self.key} {self.due_on}"


class SpokenPromise(models.Model):
    """What one of us promised a customer in their own words, by a day."""

    uuid = models.UUIDField(unique=True)
    customer = models.CharField(max_length=20)
    made_in = models.UUIDField(unique=True)  # the entry or message in which it was promised
    text = models.CharField(max_length=300)
    due_on = models.DateField()
    due_time = models.TimeField(null=True)
    owner = models.ForeignKey("people.Adviser", on_delete=models.PROTECT, to_field="number", related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in SpokenState])
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=500, blank=True)
    moved_to = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="spoken_promise_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="spoken_promise_closed_by_somebody",
                condition=Q(state="open", closed_at__isnull=True, closed_by="", moved_to__isnull=True)
                | ~Q(state="open") & Q(closed_at__isnull=False) & ~Q(closed_by=""),
            ),
            models.CheckConstraint(
                name="spoken_promise_moved_somewhere", condition=~Q(state="moved") | Q(moved_to__isnull=False)
            ),
        ]
        indexes = [
            models.Index(name="spoken_promise_of_customer", fields=["customer", "made_at"]),
            models.Index(name="spoken_promise_due", fields=["due_on", "due_time"], condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.customer} {self.due_on} {self.text}"
