"""Who may speak for a customer, and who proved to be whom."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from ligneclaire.people.models.customers import Customer
from ligneclaire.people.models.house import Adviser
from ligneclaire.people.rules.code import TRIES
from ligneclaire.people.states import CHOSEN, ContactKind, May, PersonKind, Proof


class AuthorisedPerson(models.Model):
    """Somebody who is not the customer, what they may know and ask for, and since when; withdrawn, never deleted."""

    uuid = models.UUIDField(unique=True)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, to_field="number", related_name="+", db_index=False
    )
    name = models.CharField(max_length=120)
    plain_name = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=PersonKind)
    may = ArrayField(models.CharField(max_length=12, choices=May))
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    period = DateRangeField()
    proof = models.CharField(max_length=200)  # where the document lies that says so
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=80, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="authorised_person_without_overlap",
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    ("plain_name", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="authorised_person_has_days", condition=Q(period__isempty=False, period__lower_inf=False)
            ),
            models.CheckConstraint(name="authorised_person_has_a_name", condition=~Q(name="") & ~Q(plain_name="")),
            models.CheckConstraint(name="authorised_person_kind_known", condition=Q(kind__in=PersonKind.values)),
            models.CheckConstraint(
                name="authorised_person_may_something",
                condition=Q(may=[May.EVERYTHING])
                | Q(may__len__gte=1, may__contained_by=[May.BILLS, May.LINE, May.ENDING]),
            ),
            models.CheckConstraint(name="authorised_person_with_proof", condition=~Q(proof="")),
            models.CheckConstraint(
                name="authorised_person_reached_somehow",
                condition=(Q(email="") | Q(email__contains="@"))
                & (Q(phone="") | Q(phone__regex=r"^\+[1-9][0-9]{6,14}$")),
            ),
            models.CheckConstraint(
                name="authorised_person_withdrawn_by_somebody",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by=""),
            ),
            models.CheckConstraint(
                name="authorised_person_of_a_judge_not_withdrawn_by_customer",
                condition=~Q(withdrawn_by__startswith="customer:") | Q(kind__in=[kind.value for kind in CHOSEN]),
            ),
        ]
        indexes = [
            models.Index(name="authorised_person_of_customer", fields=["customer", "recorded_at"]),
            models.Index(Lower("email"), name="authorised_person_any_case", condition=~Q(email="")),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class CallCode(models.Model):
    """A code sent to somebody who calls or stands there; the code itself is not kept, and no adviser sees it."""

    uuid = models.UUIDField(unique=True)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, to_field="number", related_name="+", db_index=False
    )
    person = models.ForeignKey(
        AuthorisedPerson, on_delete=models.PROTECT, to_field="uuid", null=True, related_name="+", db_index=False
    )
    adviser = models.ForeignKey(Adviser, on_delete=models.PROTECT, to_field="number", related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=ContactKind)
    destination = models.CharField(max_length=254)
    asked_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    passed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # another took its place

    class Meta:
        constraints = [
            models.CheckConstraint(name="call_code_tries", condition=Q(tries__lte=TRIES)),
            models.CheckConstraint(
                name="call_code_goes_somewhere",
                condition=Q(kind__in=[ContactKind.EMAIL.value, ContactKind.MOBILE.value]) & ~Q(destination=""),
            ),
            models.CheckConstraint(
                name="call_code_passed_by_a_try", condition=Q(passed_at__isnull=True) | Q(tries__gte=1)
            ),
        ]
        indexes = [models.Index(name="call_code_of_customer", fields=["customer", "asked_at"])]

    def __str__(self) -> str:
        return str(self.uuid)


class IdentityCheck(models.Model):
    """Somebody who called or came by proved who they are, or did not: the customer, or an authorised person."""

    append_only = True

    uuid = models.UUIDField(unique=True)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, to_field="number", related_name="+", db_index=False
    )
    person = models.ForeignKey(
        AuthorisedPerson, on_delete=models.PROTECT, to_field="uuid", null=True, related_name="+", db_index=False
    )
    proof = models.CharField(max_length=12, choices=Proof)
    code = models.OneToOneField(CallCode, on_delete=models.PROTECT, to_field="uuid", null=True, related_name="+")
    adviser = models.ForeignKey(Adviser, on_delete=models.PROTECT, to_field="number", related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="identity_check_proof_known", condition=Q(proof__in=Proof.values)),
            models.CheckConstraint(
                name="identity_check_by_code_has_one", condition=~Q(proof=Proof.CODE.value) | Q(code__isnull=False)
            ),
        ]
        indexes = [models.Index(name="identity_check_of_customer", fields=["customer", "at"])]

    def __str__(self) -> str:
        return str(self.uuid)
