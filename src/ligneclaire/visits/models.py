"""Who can come, when they work, who needs somebody to come, and who comes to whom at which time."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from ligneclaire.kernel.rows import Stamped
from ligneclaire.visits.states import OCCUPYING, TO_COME, MissedBy, Purpose, VisitState

E164 = r"^\+[1-9][0-9]{6,14}$"
_DONE, _NO_RESULT = Q(state=VisitState.DONE), Q(result="", resource__isnull=True, none_because="")


class Technician(Stamped):
    """Somebody who comes to customers; with an account at the desk, if the operator gives them one."""

    number = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    mobile = models.CharField(max_length=16)
    skills = ArrayField(models.CharField(max_length=20))
    adviser = models.OneToOneField(
        "people.Adviser", on_delete=models.PROTECT, to_field="number", null=True, related_name="+"
    )
    works = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="technician_can_do_something", condition=Q(skills__len__gte=1)),
            models.CheckConstraint(name="technician_mobile_is_e164", condition=Q(mobile__regex=E164)),
        ]

    def __str__(self) -> str:
        return self.number


class Area(models.Model):
    """A technician works in a territory."""

    technician = models.ForeignKey(
        Technician, on_delete=models.CASCADE, to_field="number", related_name="+", db_index=False
    )
    territory = models.ForeignKey("people.Territory", on_delete=models.PROTECT, to_field="code", related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="area_once", fields=["technician", "territory"])]

    def __str__(self) -> str:
        return f"{self.technician_id} in {self.territory_id}"


class WorkingHours(models.Model):
    """When a technician works on a day of the week, in the operator's time, and how long the windows then are."""

    technician = models.ForeignKey(
        Technician, on_delete=models.CASCADE, to_field="number", related_name="+", db_index=False
    )
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="hours_once", fields=["technician", "weekday", "starts"]),
            models.CheckConstraint(name="hours_of_a_weekday", condition=Q(weekday__gte=1, weekday__lte=7)),
            models.CheckConstraint(name="hours_end_after_they_begin", condition=Q(ends__gt=F("starts"))),
            models.CheckConstraint(name="hours_in_windows", condition=Q(minutes__gte=15)),
        ]

    def __str__(self) -> str:
        return f"{self.technician_id} {self.weekday} {self.starts:%H:%M}-{self.ends:%H:%M}"


class TimeOff(Stamped):
    """When a technician does not work although the week says so."""

    technician = models.ForeignKey(
        Technician, on_delete=models.CASCADE, to_field="number", related_name="+", db_index=False
    )
    during = DateTimeRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="time_off_without_overlap",
                expressions=[("technician", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                name="time_off_has_an_end",
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.technician_id} off {self.during}"


class Need(Stamped):
    """A contract needs somebody to come, for a purpose; open until it is done or no longer needed."""

    reference = models.CharField(max_length=12, unique=True)
    contract = models.CharField(max_length=40)
    purpose = models.CharField(max_length=12, choices=Purpose)
    customer = models.ForeignKey("people.Customer", on_delete=models.PROTECT, to_field="number", related_name="+")
    skill = models.CharField(max_length=20)
    territory = models.ForeignKey(
        "people.Territory", on_delete=models.PROTECT, to_field="code", related_name="+", db_index=False
    )
    line = models.ForeignKey("network.Line", on_delete=models.PROTECT, to_field="code", null=True, related_name="+")
    place = models.CharField(max_length=120, blank=True)  # where the records know no line yet
    task = models.CharField(max_length=500, blank=True)  # what the order says
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="need_one_open", fields=["contract", "purpose"], condition=Q(closed_at__isnull=True)
            ),
            models.CheckConstraint(name="need_purpose_known", condition=Q(purpose__in=Purpose.values)),
            models.CheckConstraint(name="need_says_what_it_takes", condition=~Q(skill="")),
        ]

    def __str__(self) -> str:
        return self.reference


class Visit(Stamped):
    """A technician comes to a customer at a time; while it is held or to come, nobody else has that time of theirs.

    `sequence` counts how often the time changed. A need has one hold and one visit to come at most.
    """

    reference = models.CharField(max_length=12, unique=True)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, to_field="reference", related_name="+")
    technician = models.ForeignKey(
        Technician, on_delete=models.PROTECT, to_field="number", related_name="+", db_index=False
    )
    during = DateTimeRangeField()
    state = models.CharField(max_length=10, choices=VisitState)
    held_until = models.DateTimeField(null=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=500, blank=True)
    resource = models.ForeignKey(
        "network.Resource", on_delete=models.PROTECT, to_field="code", null=True, related_name="+"
    )
    none_because = models.CharField(max_length=200, blank=True)
    missed_by = models.CharField(max_length=8, blank=True, choices=MissedBy)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="technician_is_in_one_place",
                expressions=[("during", RangeOperators.OVERLAPS), ("technician", RangeOperators.EQUAL)],
                condition=Q(state__in=OCCUPYING),
            ),
            models.UniqueConstraint(name="visit_one_to_come", fields=["need"], condition=Q(state__in=TO_COME)),
            models.UniqueConstraint(name="visit_one_hold", fields=["need"], condition=Q(state=VisitState.HELD)),
            models.CheckConstraint(name="visit_state_known", condition=Q(state__in=VisitState.values)),
            models.CheckConstraint(
                name="visit_has_a_time",
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
            ),
            models.CheckConstraint(
                name="visit_held_until_an_end",
                condition=Q(state=VisitState.HELD, held_until__isnull=False)
                | ~Q(state=VisitState.HELD) & Q(held_until__isnull=True),
            ),
            models.CheckConstraint(
                name="visit_done_says_what_was_used",
                condition=~_DONE & _NO_RESULT
                | _DONE & ~Q(result="") & Q(resource__isnull=False, none_because="")
                | _DONE & ~Q(result="") & Q(resource__isnull=True) & ~Q(none_because=""),
            ),
            models.CheckConstraint(
                name="visit_missed_by_somebody",
                condition=Q(state=VisitState.MISSED, missed_by__in=MissedBy.values)
                | ~Q(state=VisitState.MISSED) & Q(missed_by=""),
            ),
        ]
        indexes = [
            models.Index(name="visit_hold_ends", fields=["held_until"], condition=Q(state=VisitState.HELD)),
        ]

    def __str__(self) -> str:
        return self.reference
