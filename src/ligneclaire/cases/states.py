"""Where cases, questions and unmatched e-mails stand."""

from __future__ import annotations

from django.db import models


class CaseKind(models.TextChoices):
    """What a case is about."""

    TERMINATION = "termination"
    NOTICE = "notice"
    MOVE = "move"
    NEW_LINE = "new line"
    FAULT = "fault"
    LINE = "line"
    """The network and the records disagree about a line of theirs."""
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
    LINKED = "linked"
    UNLINKED = "unlinked"
    MERGED = "merged"
    """Into another case, where it is handled from then on."""
    TOOK_IN = "took in"
    UNMERGED = "unmerged"
    GAVE_BACK = "gave back"
    SPLIT = "split"
    """Some entries have a case of their own from then on."""
    SPLIT_OFF = "split off"


BETWEEN_TWO = (
    *(Deed.LINKED, Deed.UNLINKED, Deed.MERGED, Deed.TOOK_IN),
    *(Deed.UNMERGED, Deed.GAVE_BACK, Deed.SPLIT, Deed.SPLIT_OFF),
)


class QuestionState(models.TextChoices):
    """A question is settled by a person, or gone because the departments agree again."""

    OPEN = "open"
    SETTLED = "settled"
    GONE = "gone"


class ReadPage(models.TextChoices):
    """What of a customer's record was opened."""

    RECORD = "RECORD"
    PREVIEW = "PREVIEW"
    MESSAGE = "MESSAGE"
    LABEL = "LABEL"
    RECEIPT = "RECEIPT"
    REQUEST = "REQUEST"
    RIO = "RIO"
    """The code of a contract, masked until somebody asks for it."""
    VISIT = "VISIT"
    """A visit of a technician: where, to whom, what for, and what is in use there."""
    WORDS = "WORDS"
    """An account, a card or a code in what the customer wrote, masked until somebody asks for it."""


class Basis(models.TextChoices):
    """What brought an adviser to a record: the first matter in hand that there is, or an occasion that they named."""

    CASE = "CASE"
    """They own an open case, or stand in for its owner."""
    ADVISER = "ADVISER"
    """They are the customer's named adviser."""
    STAND_IN = "STAND_IN"
    """They stand in for the named adviser today."""
    QUESTION = "QUESTION"
    """A contradiction waits to be settled."""
    STEP = "STEP"
    """A step of a plan passed its day in silence."""
    REQUEST = "REQUEST"
    """A reason waits to be decided, or the adviser matched or decided a request today."""
    ENTRY = "ENTRY"
    """The customer wrote and waits for an answer."""
    PROMISE = "PROMISE"
    """They promised the customer something, or stand in for who did."""
    VISIT = "VISIT"
    """They are the technician who comes."""
    OCCASION = "OCCASION"
    """Nothing was in hand; they said what brought them."""


class OccasionKind(models.TextChoices):
    """What may bring an adviser to a record without a matter in hand."""

    PHONE = "PHONE"
    COUNTER = "COUNTER"
    COLLEAGUE = "COLLEAGUE"
    OTHER = "OTHER"


class MailState(models.TextChoices):
    """What became of an e-mail that nobody could match."""

    WAITING = "waiting"
    MATCHED = "matched"
    """A person gave it to a customer; it is an entry of theirs."""
    SET_ASIDE = "set aside"
    """It is nobody's, and a person said why."""
