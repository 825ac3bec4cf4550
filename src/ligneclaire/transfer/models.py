"""Imports as far as they are, and which line of another system an entry was."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Run(models.Model):
    """One file read with one mapping: how far it is, so that it goes on there when it was cut off."""

    digest = models.CharField(max_length=64, unique=True)  # of the file and of what the mapping says
    source = models.CharField(max_length=40)
    rows = models.CharField(max_length=12)
    file = models.CharField(max_length=200)
    lines = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    wrong_bytes = models.PositiveBigIntegerField(default=0)  # of the file of wrong lines, up to there
    tallies = models.JSONField(default=dict)
    begun_by = models.CharField(max_length=80)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="run_wrong_among_lines", condition=Q(lines__gte=F("wrong") + F("skipped"))),
            models.CheckConstraint(
                name="run_ends_after_it_begins", condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("begun_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.rows} {self.file}"


class Origin(models.Model):
    """The key under which another system had what is an entry here."""

    append_only = True

    entry = models.OneToOneField(
        "channels.Entry", on_delete=models.PROTECT, to_field="uuid", primary_key=True, related_name="+"
    )
    source = models.CharField(max_length=40)
    key = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(name="origin_once", fields=["source", "key"])]

    def __str__(self) -> str:
        return f"{self.source} {self.key}"
