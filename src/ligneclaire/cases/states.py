"""Where cases and questions stand."""

from __future__ import annotations

from django.db import models


class CaseKind(models.TextChoices):
    """What a case is about."""

    TERMINATION = "termination"
    NOTICE = "notice"
    CONVERSATION = "conversation"
    """What a customer and an adviser write to each other about nothing that has a case of its own."""


class CaseState(models.TextChoices):
    """Whether somebody still has to do something."""

    OPEN = "open"
    CLOSED = "closed"


class Deed(models.TextChoices):
    """What somebody did with a case."""

    HANDED_OVER = "handed over"
    SNOOZED = "snoozed"
    CLOSED = "closed"
    REOPENED = "reopened"


class QuestionState(models.TextChoices):
    """A question is settled by a person, or gone because the departments agree again."""

    OPEN = "open"
    SETTLED = "settled"
    GONE = "gone"
