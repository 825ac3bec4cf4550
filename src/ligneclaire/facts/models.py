"""What was stated, by whom, when: appended, never changed; and whose news is still to be delivered."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ligneclaire.facts.stated import Priority


class Fact(models.Model):
    """Something a department states, or that an action of ours made true."""

    append_only = True

    source = models.CharField(max_length=80)
    source_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=80)
    customer = models.CharField(max_length=20, null=True)  # noqa: DJ001  # None: a fact about a place or a price
    subject = models.CharField(max_length=80, blank=True)
    effective = models.DateField(null=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=80)
    request = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(name="fact_of_customer", fields=["customer", "recorded_at"]),
            models.Index(name="fact_of_subject", fields=["customer", "subject"]),
            models.Index(name="fact_of_source", fields=["source", "source_id"]),
            models.Index(
                name="fact_taken_back_of_nobody",
                fields=["source"],
                condition=Q(kind="fact.withdrawn", customer__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}/{self.source_id}"


class Payload(models.Model):
    """What a fact says; apart from it because it may be personal and then has an end."""

    fact = models.OneToOneField(Fact, on_delete=models.PROTECT, primary_key=True, related_name="+")
    value = models.JSONField(null=True)

    def __str__(self) -> str:
        return str(self.fact_id)


class Intake(models.Model):
    """The key under which a source stated a fact, once; small and unpartitioned, so that the database can refuse."""

    append_only = True

    source = models.CharField(max_length=80)
    source_id = models.CharField(max_length=200)
    digest = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(name="intake_once", fields=["source", "source_id"])]

    def __str__(self) -> str:
        return f"{self.source}/{self.source_id}"


class Delivery(models.Model):
    """Whose news is to be handled, in order, by one worker at a time; the key is the customer's number."""

    key = models.CharField(max_length=100, primary_key=True)
    customer = models.CharField(max_length=20, null=True)  # noqa: DJ001  # as in Fact
    priority = models.SmallIntegerField(choices=Priority, default=Priority.LIVE)
    due_at = models.DateTimeField(null=True)
    handled_to = models.DateTimeField(null=True)
    again_at = models.DateTimeField(null=True)
    moving = ArrayField(models.CharField(max_length=80), null=True)  # subjects of which something still waits

    class Meta:
        indexes = [
            models.Index(name="delivery_due", fields=["priority", "due_at"], condition=Q(due_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="delivery_looks_again_in_time",
                condition=Q(again_at__isnull=True) | Q(due_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Failure(models.Model):
    """A fact that could not be handled, and after the third time is set aside until its owner looks."""

    fact = models.OneToOneField(Fact, on_delete=models.PROTECT, primary_key=True, related_name="+")
    attempts = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500)
    owner = models.CharField(max_length=20)
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="failure_has_owner", condition=~Q(owner="")),
            models.CheckConstraint(name="failure_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"fact {self.fact_id}: {self.reason}"
