"""What was changed of settings and of who may do what; only ever added to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ligneclaire.audit.states import ChangeKind


class Change(models.Model):
    """A thing that was made, altered or taken away, with what differs; never with a secret."""

    append_only = True

    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=ChangeKind)
    about = models.CharField(max_length=160)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="change_kind_known", condition=Q(kind__in=ChangeKind.values)),
            models.CheckConstraint(name="change_by_somebody", condition=~Q(by="")),
            models.CheckConstraint(name="change_about_something", condition=~Q(about="")),
            models.CheckConstraint(
                name="change_of_something", condition=Q(before__isnull=False) | Q(after__isnull=False)
            ),
        ]
        indexes = [
            models.Index(name="change_newest", fields=["-at", "-id"]),
            models.Index(name="change_about", fields=["about"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about} by {self.by}"
