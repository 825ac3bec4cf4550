"""Who serves: the operator, its departments, places and advisers, and the keys that they have."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from ligneclaire.kernel.rows import Stamped
from ligneclaire.people.states import AbsenceReason

ADDRESS_LINES = 6
ADDRESS_WIDTH = 38
TOKEN_SCOPES = ["cases:read", "cases:write", "facts:write", "topics:read"]


def _codes(*, length: int) -> ArrayField[list[str], list[str]]:
    return ArrayField(models.CharField(max_length=length))


class Operator(Stamped):
    """The operator whose system this is: one row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=80)
    country = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    languages = _codes(length=8)
    phone = models.CharField(max_length=20)
    address = ArrayField(models.CharField(max_length=ADDRESS_WIDTH), size=ADDRESS_LINES)
    zone = models.CharField(max_length=40)
    duty = models.ForeignKey(
        "Adviser", on_delete=models.PROTECT, to_field="number", null=True, related_name="+", db_index=False
    )  # the same for all teams, where nobody on duty for theirs is there

    class Meta:
        constraints = [
            models.CheckConstraint(name="operator_is_one_row", condition=Q(id=1)),
            models.CheckConstraint(name="operator_speaks", condition=Q(languages__len__gte=1)),
            models.CheckConstraint(
                name="operator_address_fits",
                condition=Q(address__len__gte=1, address__len__lte=ADDRESS_LINES),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Department(Stamped):
    """A part of the operator that states facts."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.code


class Territory(Stamped):
    """A place we serve; its lines and customers belong to it, and those who work for it are its team."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    communes = _codes(length=80)
    zone = models.CharField(max_length=40, blank=True, default="")  # where it is not the operator's
    duty = models.ForeignKey(
        "Adviser", on_delete=models.PROTECT, to_field="number", null=True, related_name="+", db_index=False
    )  # of those who work for it: who answers where one of them and their backup are both away

    def __str__(self) -> str:
        return self.code


class Adviser(Stamped):
    """A named employee with a direct line, and a colleague who answers when they are away."""

    number = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=16)
    email = models.EmailField()
    languages = _codes(length=8)
    backup = models.ForeignKey("self", on_delete=models.PROTECT, to_field="number", related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="adviser_backup_is_another", condition=~Q(backup=F("number"))),
            models.CheckConstraint(name="adviser_speaks", condition=Q(languages__len__gte=1)),
            models.CheckConstraint(name="adviser_phone_is_e164", condition=Q(phone__regex=r"^\+[1-9][0-9]{6,14}$")),
        ]

    def __str__(self) -> str:
        return self.number


class Coverage(models.Model):
    """An adviser works for a territory."""

    adviser = models.ForeignKey(Adviser, on_delete=models.CASCADE, to_field="number", related_name="+", db_index=False)
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, to_field="code", related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(name="coverage_once", fields=["adviser", "territory"])]

    def __str__(self) -> str:
        return f"{self.adviser_id} in {self.territory_id}"


class Absence(models.Model):
    """The days on which an adviser does not answer; the end is the day they are back, if known."""

    uuid = models.UUIDField(unique=True)
    adviser = models.ForeignKey(Adviser, on_delete=models.CASCADE, to_field="number", related_name="+", db_index=False)
    period = DateRangeField()
    reason = models.CharField(max_length=12, choices=AbsenceReason, blank=True)
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="absence_without_overlap",
                expressions=[("adviser", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                name="absence_has_days",
                condition=Q(period__isempty=False, period__lower_inf=False),
            ),
            models.CheckConstraint(name="absence_reason_known", condition=Q(reason__in=["", *AbsenceReason.values])),
        ]

    def __str__(self) -> str:
        return f"{self.adviser_id} away {self.period}"


class Login(models.Model):
    """The account that opens the desk: for an adviser, or for a named clerk of a department and its one screen."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    adviser = models.OneToOneField(Adviser, on_delete=models.CASCADE, to_field="number", null=True, related_name="+")
    department = models.ForeignKey(
        Department, on_delete=models.CASCADE, to_field="code", null=True, related_name="+", db_index=False
    )
    name = models.CharField(max_length=80, blank=True)
    is_supervisor = models.BooleanField(default=False)
    is_in_training = models.BooleanField(default=False)  # what they write waits for a colleague
    is_technician = models.BooleanField(default=False)  # who comes to customers, and serves none at the desk
    given_by = models.CharField(max_length=80)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="login_of_an_adviser_or_a_clerk",
                condition=Q(adviser__isnull=False, department__isnull=True, name="")
                | Q(adviser__isnull=True, department__isnull=False) & ~Q(name=""),
            ),
            models.CheckConstraint(
                name="login_of_a_supervisor_is_an_advisers", condition=Q(is_supervisor=False) | Q(adviser__isnull=False)
            ),
            models.CheckConstraint(
                name="login_in_training_is_an_advisers",
                condition=Q(is_in_training=False) | Q(adviser__isnull=False, is_supervisor=False),
            ),
            models.CheckConstraint(
                name="login_of_a_technician_has_no_other_role",
                condition=Q(is_technician=False) | Q(adviser__isnull=False, is_supervisor=False, is_in_training=False),
            ),
        ]

    def __str__(self) -> str:
        return self.adviser_id or f"{self.name} ({self.department_id})"


class LoginTries(models.Model):
    """How often somebody tried to log in with a user name or from an address lately; the key tells neither."""

    key = models.CharField(max_length=64, primary_key=True)
    tries = models.PositiveIntegerField()
    since = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.tries} since {self.since}"


class Token(models.Model):
    """The key with which a system of a department uses the API; of the key only its digest is kept."""

    department = models.ForeignKey(
        Department, on_delete=models.CASCADE, to_field="code", related_name="+", db_index=False
    )
    name = models.CharField(max_length=40)
    digest = models.BinaryField(unique=True)
    scopes = _codes(length=20)
    given_by = models.CharField(max_length=80)
    given_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="token_once_a_name", fields=["department", "name"]),
            models.CheckConstraint(name="token_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="token_lets_do_something",
                condition=Q(scopes__len__gte=1, scopes__contained_by=TOKEN_SCOPES),
            ),
            models.CheckConstraint(name="token_ends_later", condition=Q(ends_at__gt=F("given_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.department_id}/{self.name}"
