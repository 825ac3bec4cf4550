"""Where cases, questions and unmatched e-mails stand."""

from __future__ import annotations

from django.db import models


class CaseKind(models.TextChoices):
    """What a case is about."""

    TERMINATION = "termination"
    NOTICE = "notice"


class CaseState(models.TextChoices):
    """Whether somebody still has to do something."""

    OPEN = "open"
    CLOSED = "closed"


class QuestionState(models.TextChoices):
    """A question is settled by a person, or gone because the departments agree again."""

    OPEN = "open"
    SETTLED = "settled"
    GONE = "gone"


class MailState(models.TextChoices):
    """What became of an e-mail that nobody could match."""

    WAITING = "waiting"
    MATCHED = "matched"
    """A person gave it to a customer; it is an entry of theirs."""
    SET_ASIDE = "set aside"
    """It is nobody's, and a person said why."""
