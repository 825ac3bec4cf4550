"""Which other systems want to know what, and what was sent to them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ligneclaire.hooks.rules.address import FORM
from ligneclaire.hooks.states import OVER, PostingState


class Subscription(models.Model):
    """Another system that is told when something of these kinds is recorded; its secret follows from the seed."""

    name = models.CharField(max_length=40, unique=True)
    url = models.CharField(max_length=500)
    kinds = ArrayField(models.CharField(max_length=80))
    seed = models.UUIDField(unique=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    paused_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="subscription_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="subscription_is_protected", condition=Q(url__regex=FORM)),
            models.CheckConstraint(name="subscription_wants_something", condition=Q(kinds__len__gte=1)),
            models.CheckConstraint(
                name="subscription_paused_because",
                condition=Q(paused_at__isnull=True, paused_because="")
                | Q(paused_at__isnull=False) & ~Q(paused_because=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Posting(models.Model):
    """One event on its way to one other system: which fact or case or promise it is, and not what it says."""

    uuid = models.UUIDField(unique=True)
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="+", db_index=False)
    source = models.CharField(max_length=80)
    source_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=120, blank=True)  # of what is no fact
    recorded_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=PostingState)
    tries = models.PositiveIntegerField()
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)  # of the other system, the last one

    class Meta:
        constraints = [
            models.UniqueConstraint(name="posting_once", fields=["subscription", "source", "source_id"]),
            models.CheckConstraint(name="posting_state_known", condition=Q(state__in=PostingState.values)),
            models.CheckConstraint(
                name="posting_over_has_an_end",
                condition=Q(state__in=OVER, ended_at__isnull=False) | ~Q(state__in=OVER) & Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="posting_tried_since", condition=Q(tries=0) | Q(begun_at__isnull=False) & ~Q(answer="")
            ),
        ]
        indexes = [models.Index(name="posting_newest", fields=["subscription", "recorded_at"])]

    def __str__(self) -> str:
        return str(self.uuid)
