"""How a customer shows who they are: codes, passkeys, and the sessions that follow."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from ligneclaire.people.models.customers import Customer
from ligneclaire.people.rules.code import TRIES
from ligneclaire.people.states import ContactKind, WayIn


class OneTimeCode(models.Model):
    """A code that somebody asked for: neither the code nor what they typed is kept, only what recognises it."""

    uuid = models.UUIDField(unique=True)
    typed = models.BinaryField()
    address = models.BinaryField()
    persons = ArrayField(models.CharField(max_length=20), default=list)  # nobody: known to us, or written to too often
    kind = models.CharField(max_length=8, choices=ContactKind, blank=True)
    destination = models.CharField(max_length=254, blank=True)
    asked_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    entered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="code_five_tries", condition=Q(tries__lte=TRIES)),
            models.CheckConstraint(
                name="code_for_somebody_or_nobody",
                condition=Q(persons__len=0, kind="", destination="")
                | Q(persons__len__gte=1, kind__in=[ContactKind.EMAIL, ContactKind.MOBILE]) & ~Q(destination=""),
            ),
            models.CheckConstraint(
                name="code_entered_by_somebody",
                condition=Q(entered_at__isnull=True) | Q(persons__len__gte=1, tries__gte=1),
            ),
        ]
        indexes = [
            models.Index(name="code_typed", fields=["typed", "asked_at"]),
            models.Index(name="code_address", fields=["address", "asked_at"]),
            models.Index(name="code_asked_at", fields=["asked_at"]),
            GinIndex(name="code_persons", fields=["persons"]),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class Session(models.Model):
    """A browser in which a customer is signed in, or was; of its key only the digest is kept."""

    uuid = models.UUIDField(unique=True)
    digest = models.BinaryField(unique=True)
    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, to_field="number", related_name="+", db_index=False
    )
    way = models.CharField(max_length=8, choices=WayIn)
    device = models.CharField(max_length=200, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="session_way_known", condition=Q(way__in=WayIn.values)),
            models.CheckConstraint(name="session_seen_after_it_began", condition=Q(seen_at__gte=F("began_at"))),
        ]
        indexes = [models.Index(name="session_of_customer", fields=["customer", "began_at"])]

    def __str__(self) -> str:
        return str(self.uuid)


class Passkey(models.Model):
    """A key in a device of the customer's, with which they sign in; we keep its public half."""

    uuid = models.UUIDField(unique=True)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, to_field="number", related_name="+")
    name = models.CharField(max_length=60)
    credential = models.BinaryField(unique=True)
    public_key = models.BinaryField()
    uses = models.BigIntegerField()
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="passkey_has_a_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        return str(self.uuid)


class Challenge(models.Model):
    """What a passkey has to sign, once: to be added by a customer, or to sign somebody in."""

    uuid = models.UUIDField(unique=True)
    value = models.BinaryField()
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, to_field="number", null=True, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="challenge_asked_at", fields=["asked_at"])]

    def __str__(self) -> str:
        return str(self.uuid)
