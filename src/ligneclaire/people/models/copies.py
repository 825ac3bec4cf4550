"""Copies of everything that is held about a person, asked for by them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ligneclaire.people.models.customers import Customer
from ligneclaire.people.models.identity import Session


class RecordCopy(models.Model):
    """Everything about a person as one file: asked for, then kept for some days, then dropped. The row stays."""

    uuid = models.UUIDField(unique=True)  # its file bears this name, which no page says
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, to_field="number", related_name="+")
    asked_at = models.DateTimeField()
    wants_word = models.BooleanField()
    numbers = ArrayField(models.CharField(max_length=20), default=list)  # whose data it has
    size = models.PositiveBigIntegerField(null=True)
    kept_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="record_copy_one_at_a_time", fields=["customer"], condition=Q(dropped_at__isnull=True)
            ),
            models.CheckConstraint(
                name="record_copy_kept_whole",
                condition=Q(kept_at__isnull=True, ends_at__isnull=True, size__isnull=True, numbers__len=0)
                | Q(kept_at__isnull=False, ends_at__gt=F("kept_at"), size__isnull=False, numbers__len__gte=1),
            ),
        ]
        indexes = [
            models.Index(name="record_copy_not_dropped", fields=["asked_at"], condition=Q(dropped_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class RecordFetch(models.Model):
    """A copy was downloaded, and in which session of its person."""

    append_only = True

    copy = models.ForeignKey(RecordCopy, on_delete=models.PROTECT, to_field="uuid", related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, to_field="uuid", related_name="+", db_index=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.copy_id} at {self.at}"
