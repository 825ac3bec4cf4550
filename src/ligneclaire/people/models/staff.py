"""How those who work at the desk show who they are, beside a password: an app, passkeys; and their sessions."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q

from ligneclaire.people.rules.second_factor import RECOVERY_CODES


class SecondFactor(models.Model):
    """The app that shows codes for an account, and its codes for emergencies; of both only what recognises them."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seed = models.UUIDField(unique=True)
    last_step = models.BigIntegerField()
    recovery = ArrayField(models.BinaryField(), size=RECOVERY_CODES)
    set_up_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="second_factor_recovery", condition=Q(recovery__len__lte=RECOVERY_CODES))
        ]

    def __str__(self) -> str:
        return f"second factor of {self.user_id}"


class StaffKey(models.Model):
    """A passkey of somebody who works at the desk; we keep its public half."""

    uuid = models.UUIDField(unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    credential = models.BinaryField(unique=True)
    public_key = models.BinaryField()
    uses = models.BigIntegerField()
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="staff_key_has_a_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        return str(self.uuid)


class CompanyIdentity(models.Model):
    """As whom the company's identity provider knows an account of the desk; it can show that instead of a password."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    linked_by = models.CharField(max_length=80)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="company_identity_of_one", fields=["issuer", "subject"]),
            models.CheckConstraint(name="company_identity_is_whole", condition=~Q(issuer="") & ~Q(subject="")),
        ]

    def __str__(self) -> str:
        return f"{self.subject} at {self.issuer}"


class StaffSession(AbstractBaseSession):
    """A session of Django's, with whose it is beside it."""

    # Django's own fields have names that are translated, which a migration cannot hold.
    session_key = models.CharField(max_length=40, primary_key=True)
    session_data = models.TextField()
    expire_date = models.DateTimeField(db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        """Not Django's."""
