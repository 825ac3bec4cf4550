"""What exists between an exchange and a home, who holds what of it and since when, and what the network itself sees."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from ligneclaire.kernel.rows import Stamped
from ligneclaire.network.states import (
    AT_A_SITE,
    ONE_FOR_A_LINE,
    Condition,
    DifferenceKind,
    DifferenceState,
    OrderState,
    ResourceKind,
    Seen,
    SiteKind,
    Technology,
    Use,
)


class Site(Stamped):
    """A place where lines come together; it may hang on another, as a box does on an exchange."""

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20, choices=SiteKind)
    commune = models.CharField(max_length=80)
    territory = models.ForeignKey("people.Territory", on_delete=models.PROTECT, to_field="code", related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, to_field="code", null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="site_kind_known", condition=Q(kind__in=SiteKind.values)),
            models.CheckConstraint(name="site_hangs_on_another", condition=~Q(parent=F("code"))),
        ]

    def __str__(self) -> str:
        return self.code


class Resource(Stamped):
    """Something that one line at a time can have: a pair, a port, an optical path, a number, a SIM, a box.

    Of several that are free, the one with the least `wear` is given first: faults it had, or decibels it loses.
    `is_held` is true only while somebody has it until further notice: every statement that gives or takes it back says
    so too, so that a search passes by nothing. That it can be given the assignments themselves say.
    """

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=8, choices=ResourceKind)
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, to_field="code", null=True, related_name="+", db_index=False
    )
    condition = models.CharField(max_length=8, choices=Condition, default=Condition.USABLE)
    wear = models.PositiveSmallIntegerField(default=0)
    imsi = models.CharField(max_length=15, blank=True)  # of a SIM
    imei = models.CharField(max_length=15, blank=True)  # of a box with a radio
    is_held = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="resource_and_kind", fields=["code", "kind"]),
            models.CheckConstraint(name="resource_kind_known", condition=Q(kind__in=ResourceKind.values)),
            models.CheckConstraint(name="resource_condition_known", condition=Q(condition__in=Condition.values)),
            models.CheckConstraint(
                name="resource_at_a_site",
                condition=Q(kind__in=AT_A_SITE, site__isnull=False) | ~Q(kind__in=AT_A_SITE) & Q(site__isnull=True),
            ),
            models.CheckConstraint(
                name="resource_number_is_e164", condition=~Q(kind="number") | Q(code__regex=r"^\+[1-9][0-9]{6,14}$")
            ),
            models.CheckConstraint(
                name="resource_path_ends_at_a_pto",
                condition=~Q(kind="path") | Q(code__regex=r"^[A-Z0-9]{2}-[A-Z0-9]{4}-[A-Z0-9]{4}$"),
            ),
            models.CheckConstraint(
                name="resource_sim_is_an_iccid", condition=~Q(kind="sim") | Q(code__regex=r"^89[0-9]{17,18}$")
            ),
            models.CheckConstraint(
                name="resource_imsi_of_a_sim", condition=Q(imsi="") | Q(kind="sim", imsi__regex=r"^[0-9]{15}$")
            ),
            models.CheckConstraint(
                name="resource_imei_of_a_box", condition=Q(imei="") | Q(kind="box", imei__regex=r"^[0-9]{15}$")
            ),
        ]
        indexes = [
            models.Index(
                name="resource_to_give",
                fields=["site", "kind", "wear", "code"],
                condition=Q(condition="usable", is_held=False),
            ),
            models.Index(name="resource_of_site", fields=["site", "kind"], condition=Q(site__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.code


class Line(Stamped):
    """The service at a place: what a contract is about, as the network knows it."""

    code = models.CharField(max_length=40, unique=True)
    customer = models.ForeignKey("people.Customer", on_delete=models.PROTECT, to_field="number", related_name="+")
    contract = models.CharField(max_length=40)
    technology = models.CharField(max_length=8, choices=Technology)
    place = models.CharField(max_length=120, blank=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, to_field="code", null=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="line_technology_known", condition=Q(technology__in=Technology.values)),
            models.CheckConstraint(
                name="line_ends_after_it_begins", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
        ]
        indexes = [models.Index(name="line_contract", fields=["contract"])]

    def __str__(self) -> str:
        return self.code


class Assignment(Stamped):
    """Who has a resource, from an instant until another or until further notice.

    PostgreSQL refuses a second holder at any moment, and a second pair, path or number for a line (exclusion
    constraints); that the kind is the resource's own is a foreign key over both columns, in the migration.
    """

    resource = models.ForeignKey(
        Resource,
        on_delete=models.PROTECT,
        to_field="code",
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    kind = models.CharField(max_length=8, choices=ResourceKind)
    use = models.CharField(max_length=10, choices=Use)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, to_field="code", null=True, related_name="+")
    during = DateTimeRangeField()
    because = models.CharField(max_length=200)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="resource_has_one_holder",
                expressions=[("resource", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
            ExclusionConstraint(
                name="line_has_one_of_a_kind",
                expressions=[
                    ("line", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(kind__in=ONE_FOR_A_LINE, line__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_from_an_instant", condition=Q(during__isempty=False, during__lower_inf=False)
            ),
            models.CheckConstraint(
                name="assignment_of_a_line_or_of_nobody_known",
                condition=Q(use=Use.HELD, line__isnull=False)
                | Q(use=Use.QUARANTINE, line__isnull=True, kind=ResourceKind.NUMBER, during__upper_inf=False)
                | Q(use=Use.TAKEN, line__isnull=True),
            ),
            models.CheckConstraint(name="assignment_with_a_reason", condition=~Q(because="")),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.line_id or self.use}"


class BuildOrder(Stamped):
    """Nothing was free: what has to be built for a line, where, and by when; told to the customer."""

    reference = models.CharField(max_length=12, unique=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, to_field="code", related_name="+")
    kind = models.CharField(max_length=8, choices=ResourceKind)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, to_field="code", related_name="+", db_index=False)
    ordered_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=OrderState, default=OrderState.OPEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="build_order_one_open", fields=["line", "kind"], condition=Q(state=OrderState.OPEN)
            ),
            models.CheckConstraint(name="build_order_state_known", condition=Q(state__in=OrderState.values)),
            models.CheckConstraint(name="build_order_kind_at_a_site", condition=Q(kind__in=AT_A_SITE)),
        ]

    def __str__(self) -> str:
        return self.reference


class Survey(models.Model):
    """What one look at the network saw, from one file; the same file is one survey, read on where it stopped."""

    uuid = models.UUIDField(unique=True)
    source = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    seen_at = models.DateTimeField()
    read = models.PositiveIntegerField(default=0)  # lines of the file so far
    compared_at = models.DateTimeField(null=True)
    recorded_by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(name="survey_once", fields=["source", "digest"])]

    def __str__(self) -> str:
        return str(self.uuid)


class Observation(models.Model):
    """What a survey saw of a resource, and which number answered on it, if any; kept until the next is compared."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="+")
    resource = models.CharField(max_length=40)
    number = models.CharField(max_length=16, blank=True)
    seen = models.CharField(max_length=6, choices=Seen)

    class Meta:
        constraints = [
            models.CheckConstraint(name="observation_seen_known", condition=Q(seen__in=Seen.values)),
        ]
        indexes = [models.Index(name="observation_of_resource", fields=["resource"])]

    def __str__(self) -> str:
        return f"{self.resource} {self.seen}"


class Difference(models.Model):
    """Where the network and the records disagree: one open row for each, with an owner and a day."""

    uuid = models.UUIDField(unique=True)
    kind = models.CharField(max_length=14, choices=DifferenceKind)
    resource = models.CharField(max_length=40)
    number = models.CharField(max_length=16, blank=True)  # that answered there
    line = models.ForeignKey(
        Line, on_delete=models.PROTECT, to_field="code", null=True, related_name="+"
    )  # that may lose something
    customer = models.CharField(max_length=20, blank=True)
    case = models.CharField(max_length=12, blank=True)  # in which the customer's adviser sees to it
    owner = models.ForeignKey("people.Adviser", on_delete=models.PROTECT, to_field="number", related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=DifferenceState, default=DifferenceState.OPEN)
    found_by = models.ForeignKey(
        Survey, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )  # a survey, or a person
    found_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="difference_one_open",
                fields=["kind", "resource", "number"],
                condition=Q(state=DifferenceState.OPEN),
            ),
            models.CheckConstraint(name="difference_kind_known", condition=Q(kind__in=DifferenceKind.values)),
            models.CheckConstraint(
                name="difference_closed_by_somebody",
                condition=Q(state=DifferenceState.OPEN, closed_at__isnull=True, closed_by="")
                | Q(state__in=[DifferenceState.SETTLED, DifferenceState.GONE], closed_at__isnull=False)
                & ~Q(closed_by=""),
            ),
            models.CheckConstraint(
                name="difference_settled_with_a_note", condition=~Q(state=DifferenceState.SETTLED) | ~Q(note="")
            ),
        ]
        indexes = [
            models.Index(
                name="difference_of_owner", fields=["owner", "due_on"], condition=Q(state=DifferenceState.OPEN)
            ),
            models.Index(name="difference_by_day", fields=["due_on"], condition=Q(state=DifferenceState.OPEN)),
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.kind}"
