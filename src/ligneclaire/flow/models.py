"""Journeys, their steps, when they are looked at again, and what became of them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ligneclaire.flow.states import JourneyState, StepState, Turn


class Journey(models.Model):
    """A plan for one customer and subject, with the version of its definition that it began with."""

    uuid = models.UUIDField(unique=True)
    kind = models.CharField(max_length=24)
    version = models.PositiveSmallIntegerField()
    customer = models.CharField(max_length=20)
    subject = models.CharField(max_length=80)
    trigger = models.CharField(max_length=300)
    started_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=[(state.value, state.value) for state in JourneyState])
    ended_at = models.DateTimeField(null=True)
    lines = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="journey_one_running", fields=["customer", "subject", "kind"], condition=Q(state="running")
            ),
            models.CheckConstraint(
                name="journey_ended_when_not_running",
                condition=Q(state="running", ended_at__isnull=True) | ~Q(state="running") & Q(ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="journey_of_customer", fields=["customer", "started_at"]),
            models.Index(name="journey_of_subject", fields=["subject", "kind"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject}"


class Step(models.Model):
    """A department's part of a journey; it always has a date."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, to_field="uuid", related_name="+")
    customer = models.CharField(max_length=20)
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    department = models.CharField(max_length=40)
    after = ArrayField(models.CharField(max_length=40))
    state = models.CharField(max_length=12, choices=[(state.value, state.value) for state in StepState])
    expected_on = models.DateField()
    latest_on = models.DateField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    times = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="step_once", fields=["journey", "name"]),
            models.CheckConstraint(name="step_open_since", condition=~Q(state="open") | Q(opened_at__isnull=False)),
            models.CheckConstraint(
                name="step_closed_when_over",
                condition=Q(state__in=["done", "cancelled"], closed_at__isnull=False)
                | Q(state__in=["waiting", "open", "spared"], closed_at__isnull=True),
            ),
            models.CheckConstraint(name="step_times", condition=Q(times__gte=1)),
        ]
        indexes = [
            models.Index(
                name="step_handed_over",
                fields=["handed_over_at"],
                condition=Q(state="open", handed_over_at__isnull=False),
            ),
            models.Index(name="step_of_department", fields=["department", "expected_on"], condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.journey_id} {self.name}"


class Timer(models.Model):
    """An instant at which the rules of a running journey want to be asked again."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, to_field="uuid", related_name="+")
    customer = models.CharField(max_length=20)
    due_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="timer_once", fields=["journey", "due_at"])]
        indexes = [models.Index(name="timer_of_customer", fields=["customer", "due_at"])]

    def __str__(self) -> str:
        return f"{self.journey_id} {self.due_at:%Y-%m-%d %H:%M}"


class Line(models.Model):
    """One line of a journey's log."""

    append_only = True

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, to_field="uuid", related_name="+")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    turn = models.CharField(max_length=12, choices=[(turn.value, turn.value) for turn in Turn])
    step = models.CharField(max_length=40, blank=True)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="line_once", fields=["journey", "number"])]

    def __str__(self) -> str:
        return f"{self.journey_id} {self.number}: {self.turn} {self.step}".strip()
