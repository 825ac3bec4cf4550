"""Who is served: customers, how to reach them, and what they agreed to."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from ligneclaire.kernel.rows import Stamped
from ligneclaire.people.models.house import ADDRESS_LINES, ADDRESS_WIDTH, Adviser, Territory
from ligneclaire.people.states import OPTIONAL, ContactKind, MergeDeed, MessagePurpose, Purpose, Way


class Customer(Stamped):
    """A number under which we serve a person or organisation, with a named adviser from the first day.

    A merged number keeps all that is recorded under it and points to another of the same person; whoever is meant by it
    is the survivor. PostgreSQL follows the pointers (`0001_initial`): the survivor is that of where it points.
    """

    number = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    plain_name = models.CharField(max_length=160)
    language = models.CharField(max_length=8)
    chosen_language = models.CharField(max_length=8, blank=True, db_default="")
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, to_field="code", related_name="+", db_index=False
    )
    since = models.DateField()
    adviser = models.ForeignKey(Adviser, on_delete=models.PROTECT, to_field="number", related_name="+", db_index=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, to_field="number", null=True, related_name="+", db_index=False
    )
    survivor = models.ForeignKey("self", on_delete=models.PROTECT, to_field="number", related_name="+")
    level = models.PositiveSmallIntegerField(db_default=0)  # pointers go upwards only, so that none comes back
    into_level = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="customer_merged_upwards",
                condition=Q(merged_into__isnull=True, into_level__isnull=True, survivor=F("number"))
                | Q(merged_into__isnull=False, into_level__isnull=False, into_level__gt=F("level"))
                & ~Q(survivor=F("number")),
            ),
        ]
        indexes = [
            models.Index(name="customer_adviser", fields=["adviser"]),
            GinIndex(name="customer_plain_name", fields=["plain_name"], opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.number


class MergeEvent(models.Model):
    """Two numbers turned out to be one person, or not to be, and why."""

    append_only = True

    uuid = models.UUIDField(unique=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, to_field="number", related_name="+")
    other = models.ForeignKey(Customer, on_delete=models.PROTECT, to_field="number", related_name="+")
    deed = models.CharField(max_length=8, choices=MergeDeed)
    reason = models.CharField(max_length=500)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="merge_event_deed_known", condition=Q(deed__in=MergeDeed.values)),
            models.CheckConstraint(name="merge_event_with_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="merge_event_between_two", condition=~Q(customer=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.deed} {self.other_id}"


class ContactPoint(Stamped):
    """One way to reach or recognise a customer, verified or not."""

    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, to_field="number", related_name="+", db_index=False
    )
    kind = models.CharField(max_length=8, choices=ContactKind)
    value = models.CharField(max_length=254, blank=True)
    lines = ArrayField(models.CharField(max_length=ADDRESS_WIDTH), size=ADDRESS_LINES, default=list)
    verified = models.BooleanField(default=False)
    doubted_at = models.DateTimeField(null=True)  # what was sent there came back, and nobody has confirmed it since

    class Meta:
        constraints = [
            models.UniqueConstraint(name="contact_point_one_of_a_kind", fields=["customer", "kind"]),
            models.CheckConstraint(
                name="contact_point_shape",
                condition=Q(kind=ContactKind.ADDRESS, value="", lines__len__gte=1, lines__len__lte=ADDRESS_LINES)
                | Q(kind=ContactKind.MOBILE, lines__len=0, value__regex=r"^\+[1-9][0-9]{6,14}$")
                | Q(kind=ContactKind.EMAIL, lines__len=0, value__contains="@"),
            ),
            models.CheckConstraint(
                name="contact_point_in_doubt_not_verified",
                condition=Q(doubted_at__isnull=True)
                | Q(kind__in=[ContactKind.ADDRESS, ContactKind.EMAIL], verified=False),
            ),
        ]
        indexes = [
            models.Index(name="contact_point_value", fields=["value", "kind"]),
            models.Index(Lower("value"), name="contact_point_any_case"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.kind}"


class Consent(models.Model):
    """What a customer answered when asked whether we may do something; the last answer counts."""

    append_only = True

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, to_field="number", related_name="+", db_index=False
    )
    purpose = models.CharField(max_length=16, choices=Purpose)
    is_given = models.BooleanField()
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="consent_one_answer_at_once", fields=["customer", "purpose", "answered_at"]),
            models.CheckConstraint(name="consent_purpose_known", condition=Q(purpose__in=Purpose.values)),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.purpose} {self.is_given}"


class Preference(models.Model):
    """The way by which a customer wants to be written to for one purpose; the last choice counts."""

    append_only = True

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, to_field="number", related_name="+", db_index=False
    )
    purpose = models.CharField(max_length=16, choices=MessagePurpose)
    way = models.CharField(max_length=8, choices=Way)
    chosen_by = models.CharField(max_length=80)
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="preference_one_at_once", fields=["customer", "purpose", "chosen_at"]),
            models.CheckConstraint(
                name="preference_known", condition=Q(purpose__in=MessagePurpose.values, way__in=Way.values)
            ),
            models.CheckConstraint(
                name="preference_none_where_optional", condition=~Q(way=Way.NONE) | Q(purpose__in=OPTIONAL)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.purpose} {self.way}"


class TextStop(models.Model):
    """STOP, or that it is over, as a customer texted or said it; the last word counts."""

    append_only = True

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, to_field="number", related_name="+", db_index=False
    )
    stops = models.BooleanField()
    said_by = models.CharField(max_length=80)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="text_stop_one_at_once", fields=["customer", "said_at"])]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.stops}"
