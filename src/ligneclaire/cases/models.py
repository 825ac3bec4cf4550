"""What customers need from us, each with one owner, and the questions that only an owner can settle."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ligneclaire.cases.states import CaseKind, CaseState, Deed, QuestionState


class Case(models.Model):
    """Something a customer needs, until it is settled."""

    reference = models.CharField(max_length=12, unique=True)
    customer = models.ForeignKey("people.Customer", on_delete=models.PROTECT, to_field="number", related_name="+")
    subject = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=CaseKind)
    owner = models.ForeignKey("people.Adviser", on_delete=models.PROTECT, to_field="number", related_name="+")
    state = models.CharField(max_length=8, choices=CaseState, default=CaseState.OPEN)
    opened_at = models.DateTimeField()
    snoozed_until = models.DateField(null=True)  # out of its owner's sight until that day

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="case_one_open", fields=["customer", "subject"], condition=Q(state=CaseState.OPEN)
            ),
            models.CheckConstraint(
                name="case_snoozed_while_open", condition=Q(snoozed_until__isnull=True) | Q(state=CaseState.OPEN)
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
                name="case_event_with_a_note", condition=~Q(deed__in=[Deed.HANDED_OVER, Deed.CLOSED]) | ~Q(note="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.deed}"


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
