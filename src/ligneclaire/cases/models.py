"""What customers need from us, each with one owner, questions for the owners, stray e-mails, and who read what."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ligneclaire.cases.rules.reading import LONGEST
from ligneclaire.cases.states import (
    BETWEEN_TWO,
    Basis,
    CaseKind,
    CaseState,
    Deed,
    MailState,
    OccasionKind,
    QuestionState,
    ReadPage,
)


class Case(models.Model):
    """Something a customer needs, until it is settled.

    A merged case keeps all that is its own and points to another; what stands open of it is handled there. PostgreSQL
    follows the pointers (`0001_initial`): the survivor and the state of a merged case are those of where it points.
    """

    reference = models.CharField(max_length=12, unique=True)
    customer = models.ForeignKey("people.Customer", on_delete=models.PROTECT, to_field="number", related_name="+")
    subject = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=CaseKind)
    owner = models.ForeignKey("people.Adviser", on_delete=models.PROTECT, to_field="number", related_name="+")
    state = models.CharField(max_length=8, choices=CaseState, default=CaseState.OPEN)
    opened_at = models.DateTimeField()
    snoozed_until = models.DateField(null=True)  # out of its owner's sight until that day
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, to_field="reference", null=True, related_name="+", db_index=False
    )
    survivor = models.ForeignKey("self", on_delete=models.PROTECT, to_field="reference", related_name="+")
    level = models.PositiveSmallIntegerField(default=0)  # pointers go upwards only, so that none comes back
    into_level = models.PositiveSmallIntegerField(null=True)
    # Under which number of the same person the case to which it points lies, and who that person is.
    into_customer = models.ForeignKey(
        "people.Customer", on_delete=models.PROTECT, to_field="number", null=True, related_name="+"
    )
    into_person = models.ForeignKey(
        "people.Customer", on_delete=models.PROTECT, to_field="number", null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="case_one_open", fields=["customer", "subject"], condition=Q(state=CaseState.OPEN)
            ),
            models.CheckConstraint(
                name="case_snoozed_while_open",
                condition=Q(snoozed_until__isnull=True) | Q(state=CaseState.OPEN) | Q(merged_into__isnull=False),
            ),
            models.CheckConstraint(
                name="case_merged_upwards",
                condition=Q(merged_into__isnull=True, into_level__isnull=True, survivor=F("reference"))
                | Q(merged_into__isnull=False, into_level__isnull=False, into_level__gt=F("level"))
                & ~Q(survivor=F("reference")),
            ),
            models.CheckConstraint(
                name="case_merged_under_a_number",
                condition=Q(merged_into__isnull=True, into_customer__isnull=True, into_person__isnull=True)
                | Q(merged_into__isnull=False, into_customer__isnull=False, into_person__isnull=False),
            ),
        ]
        indexes = [models.Index(name="case_of_owner", fields=["owner", "opened_at"], condition=Q(state="open"))]

    def __str__(self) -> str:
        return self.reference


class CaseEvent(models.Model):
    """What somebody did with a case and why, and who owned it after."""

    append_only = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    deed = models.CharField(max_length=12, choices=Deed)
    note = models.CharField(max_length=500, blank=True)
    owner = models.ForeignKey("people.Adviser", on_delete=models.PROTECT, to_field="number", related_name="+")
    other = models.ForeignKey(
        Case, on_delete=models.PROTECT, to_field="reference", null=True, related_name="+", db_index=False
    )
    until = models.DateField(null=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="case_event_snoozed_until_a_day",
                condition=Q(deed=Deed.SNOOZED, until__isnull=False) | ~Q(deed=Deed.SNOOZED) & Q(until__isnull=True),
            ),
            models.CheckConstraint(
                name="case_event_with_a_note",
                condition=~Q(deed__in=[Deed.HANDED_OVER, Deed.CLOSED, *BETWEEN_TWO]) | ~Q(note=""),
            ),
            models.CheckConstraint(
                name="case_event_between_two",
                condition=Q(deed__in=BETWEEN_TWO, other__isnull=False)
                | ~Q(deed__in=BETWEEN_TWO) & Q(other__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.deed}"


class CaseLink(models.Model):
    """Two cases of one customer have to do with each other, and why; each stays its owner's."""

    customer = models.CharField(max_length=20)
    first = models.ForeignKey(Case, on_delete=models.PROTECT, to_field="reference", related_name="+", db_index=False)
    second = models.ForeignKey(Case, on_delete=models.PROTECT, to_field="reference", related_name="+")
    reason = models.CharField(max_length=500)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="case_link_once", fields=["first", "second"]),
            models.CheckConstraint(name="case_link_in_order", condition=Q(first__lt=F("second"))),
            models.CheckConstraint(name="case_link_with_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


class Brought(models.Model):
    """A case that a department's system brought under a name of its own, as it was brought."""

    append_only = True

    case = models.OneToOneField(Case, on_delete=models.PROTECT, to_field="reference", related_name="+")
    department = models.ForeignKey(
        "people.Department", on_delete=models.PROTECT, to_field="code", related_name="+", db_index=False
    )
    name = models.CharField(max_length=120)  # that the system uses for nothing else
    kind = models.CharField(max_length=60, blank=True)  # in the system's own words, as is how grave it is
    severity = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200, blank=True)
    entry = models.OneToOneField("channels.Entry", on_delete=models.PROTECT, to_field="uuid", related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="brought_once", fields=["department", "name"]),
            models.CheckConstraint(name="brought_under_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"{self.department_id} {self.name}"


class Placement(models.Model):
    """An entry belongs to another case than the one it came with; the last placement counts."""

    append_only = True

    entry = models.ForeignKey("channels.Entry", on_delete=models.PROTECT, to_field="uuid", related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, to_field="reference", related_name="+")
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.entry_id} {self.case_id}"


class Question(models.Model):
    """A contradiction put to the owner of a case: which of these values is true."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    customer = models.CharField(max_length=20)
    subject = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    claims = models.JSONField()
    digest = models.BinaryField()
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=QuestionState, default=QuestionState.OPEN)
    closed_at = models.DateTimeField(null=True)
    chosen = models.JSONField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    settled_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="question_one_open",
                fields=["customer", "subject", "key"],
                condition=Q(state=QuestionState.OPEN),
            ),
            models.CheckConstraint(
                name="question_settled_with_reason",
                condition=~Q(state=QuestionState.SETTLED) | ~Q(reason="") & ~Q(settled_by=""),
            ),
            models.CheckConstraint(
                name="question_closed_when_not_open",
                condition=Q(state=QuestionState.OPEN, closed_at__isnull=True)
                | ~Q(state=QuestionState.OPEN) & Q(closed_at__isnull=False),
            ),
        ]
        indexes = [models.Index(name="question_of_customer", fields=["customer", "asked_at"])]

    def __str__(self) -> str:
        return f"{self.customer} {self.subject} {self.key}"


class Occasion(models.Model):
    """What an adviser said brought them to a record without a matter in hand; it holds for that day."""

    append_only = True

    customer = models.ForeignKey("people.Customer", on_delete=models.PROTECT, to_field="number", related_name="+")
    adviser = models.ForeignKey(
        "people.Adviser", on_delete=models.PROTECT, to_field="number", related_name="+", db_index=False
    )
    day = models.DateField()
    kind = models.CharField(max_length=12, choices=OccasionKind)
    words = models.CharField(max_length=LONGEST, blank=True)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="occasion_once_a_day", fields=["adviser", "customer", "day"]),
            models.CheckConstraint(name="occasion_kind_known", condition=Q(kind__in=OccasionKind.values)),
            models.CheckConstraint(name="occasion_other_explained", condition=~Q(kind=OccasionKind.OTHER, words="")),
        ]

    def __str__(self) -> str:
        return f"{self.adviser_id} at {self.customer_id} on {self.day}"


class Read(models.Model):
    """An adviser opened a page of a customer's record, and why they might: once for each quarter of an hour."""

    append_only = True

    customer = models.ForeignKey(
        "people.Customer", on_delete=models.PROTECT, to_field="number", related_name="+", db_index=False
    )
    adviser = models.ForeignKey(
        "people.Adviser", on_delete=models.PROTECT, to_field="number", related_name="+", db_index=False
    )
    page = models.CharField(max_length=8, choices=ReadPage)
    contract = models.CharField(max_length=20, blank=True)  # whose code was revealed
    quarter = models.DateTimeField()
    at = models.DateTimeField()
    basis = models.CharField(max_length=8, choices=Basis)
    matter = models.CharField(max_length=12, blank=True)
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="read_once_a_quarter", fields=["adviser", "customer", "quarter", "page", "basis", "contract"]
            ),
            models.CheckConstraint(name="read_page_known", condition=Q(page__in=ReadPage.values)),
            models.CheckConstraint(
                name="read_code_of_a_contract",
                condition=Q(page=ReadPage.RIO) & ~Q(contract="") | ~Q(page=ReadPage.RIO) & Q(contract=""),
            ),
            models.CheckConstraint(name="read_basis_known", condition=Q(basis__in=Basis.values)),
            models.CheckConstraint(
                name="read_without_matter_explained",
                condition=Q(basis=Basis.OCCASION, occasion__isnull=False, matter="")
                | ~Q(basis=Basis.OCCASION) & Q(occasion__isnull=True),
            ),
        ]
        indexes = [
            models.Index(name="read_of_customer", fields=["customer", "at"]),
            models.Index(name="read_without_matter", fields=["at", "adviser"], condition=Q(basis="OCCASION")),
        ]

    def __str__(self) -> str:
        return f"{self.adviser_id} read {self.page} of {self.customer_id} at {self.at}"


class AlarmNote(models.Model):
    """A supervisor found out why an adviser opened very many records, up to an instant, and says so."""

    append_only = True

    adviser = models.ForeignKey("people.Adviser", on_delete=models.PROTECT, to_field="number", related_name="+")
    reached_at = models.DateTimeField()
    note = models.CharField(max_length=500)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="alarm_ticked_off_once", fields=["adviser", "reached_at"]),
            models.CheckConstraint(name="alarm_ticked_off_with_note", condition=~Q(note="")),
        ]

    def __str__(self) -> str:
        return f"{self.adviser_id} until {self.reached_at}"


class UnmatchedMail(models.Model):
    """An e-mail that a person has to give to a customer, with those who may be meant, and what became of it."""

    mail = models.OneToOneField("channels.Mail", on_delete=models.PROTECT, to_field="uuid", related_name="+")
    owner = models.ForeignKey("people.Adviser", on_delete=models.PROTECT, to_field="number", related_name="+")
    case = models.CharField(max_length=12, blank=True)  # that it names, if it names one
    customers = ArrayField(models.CharField(max_length=20))  # of that case first, then those who share the address
    since = models.DateTimeField()
    state = models.CharField(max_length=12, choices=MailState, default=MailState.WAITING)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="unmatched_mail_closed_by_somebody",
                condition=Q(state=MailState.WAITING, closed_at__isnull=True, closed_by="")
                | Q(state__in=[MailState.MATCHED, MailState.SET_ASIDE], closed_at__isnull=False) & ~Q(closed_by=""),
            ),
            models.CheckConstraint(
                name="unmatched_mail_set_aside_with_reason",
                condition=Q(state=MailState.SET_ASIDE) & ~Q(reason="") | ~Q(state=MailState.SET_ASIDE) & Q(reason=""),
            ),
        ]
        indexes = [
            models.Index(name="unmatched_mail_waiting", fields=["since"], condition=Q(state=MailState.WAITING)),
        ]

    def __str__(self) -> str:
        return str(self.mail_id)
