"""What customers need from us, each with one owner, the questions that only an owner can settle, and stray e-mails."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ligneclaire.cases.states import CaseKind, CaseState, MailState, QuestionState


class Case(models.Model):
    """Something a customer needs, until it is settled."""

    reference = models.CharField(max_length=12, unique=True)
    customer = models.ForeignKey("people.Customer", on_delete=models.PROTECT, to_field="number", related_name="+")
    subject = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=CaseKind)
    owner = models.ForeignKey("people.Adviser", on_delete=models.PROTECT, to_field="number", related_name="+")
    state = models.CharField(max_length=8, choices=CaseState, default=CaseState.OPEN)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="case_one_open", fields=["customer", "subject"], condition=Q(state=CaseState.OPEN)
            ),
        ]
        indexes = [models.Index(name="case_of_owner", fields=["owner", "opened_at"], condition=Q(state="open"))]

    def __str__(self) -> str:
        return self.reference


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
