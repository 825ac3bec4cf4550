"""What customers and we said to each other elsewhere, and e-mails that came in."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ligneclaire.channels.states import (
    SPOKEN,
    Direction,
    Fate,
    Medium,
)

WANT_AN_ANSWER = (Medium.EMAIL, Medium.SMS, Medium.LETTER)
"""Where who wrote to us waits; on the telephone and in person they had their answer."""


class Entry(models.Model):
    """What a customer and we said to each other otherwise than by a message of the voice: a call, a visit, a letter."""

    append_only = True

    # One more column stands in the migration only, as PostgreSQL itself writes it: `lexemes`, the words to search by.
    uuid = models.UUIDField(unique=True)  # of the form or mail it came by: the same again is the same entry
    customer = models.CharField(max_length=20)
    case = models.CharField(max_length=12, blank=True)
    medium = models.CharField(max_length=8, choices=Medium)
    direction = models.CharField(max_length=4, choices=Direction)
    text = models.TextField(max_length=10_000)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    # Not the customer themself, but somebody whom they authorised; and how whoever spoke proved who they are.
    person = models.ForeignKey(
        "people.AuthorisedPerson",
        on_delete=models.PROTECT,
        to_field="uuid",
        null=True,
        related_name="+",
        db_index=False,
    )
    identity_check = models.ForeignKey(
        "people.IdentityCheck", on_delete=models.PROTECT, to_field="uuid", null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="entry_checked_in_person",
                condition=Q(identity_check__isnull=True) | Q(medium__in=list(SPOKEN)),
            ),
            models.CheckConstraint(name="entry_says_something", condition=~Q(text="")),
            models.CheckConstraint(name="entry_medium_known", condition=Q(medium__in=Medium.values)),
            models.CheckConstraint(name="entry_direction_known", condition=Q(direction__in=Direction.values)),
            models.CheckConstraint(name="entry_not_in_the_future", condition=Q(happened_at__lte=F("recorded_at"))),
        ]
        indexes = [
            models.Index(name="entry_of_customer", fields=["customer", "recorded_at"]),
            models.Index(name="entry_of_case", fields=["case", "recorded_at"], condition=~Q(case="")),
            models.Index(
                name="entry_to_answer", fields=["recorded_at"], condition=Q(direction="in", medium__in=WANT_AN_ANSWER)
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class NoAnswerNeeded(models.Model):
    """Somebody decided that an entry needs no message of ours, and why."""

    append_only = True

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, to_field="uuid", related_name="+")
    reason = models.CharField(max_length=500)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="no_answer_with_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return str(self.entry_id)


class Lookout(models.Model):
    """Up to which entry it was looked up which of them wait; of later ones nothing is known: one row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    looked_to = models.BigIntegerField()
    seen_to = models.BigIntegerField()  # what was there; some of it may not have been committed yet
    looked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="lookout_is_one_row", condition=Q(id=1)),
            models.CheckConstraint(name="lookout_behind_what_was_seen", condition=Q(looked_to__lte=F("seen_to"))),
        ]

    def __str__(self) -> str:
        return f"up to {self.looked_to}"


class StillWaiting(models.Model):
    """An entry up to there that waited when it was looked."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="+")

    def __str__(self) -> str:
        return f"entry {self.entry_id}"


class Mailbox(models.Model):
    """A mailbox that is emptied by IMAP: how that goes, for those who watch."""

    name = models.CharField(max_length=320, primary_key=True)
    taken = models.BigIntegerField(default=0)
    failures = models.BigIntegerField(default=0)
    left = models.IntegerField(default=0)  # too large, or breaks us: the last look left it there
    looked_at = models.DateTimeField()  # the last look that went well; before any, when it was tried first

    def __str__(self) -> str:
        return self.name


class Mail(models.Model):
    """An e-mail or a text message as it came in; its bytes lie in the folder of e-mails, written before this row."""

    append_only = True

    uuid = models.UUIDField(unique=True)
    medium = models.CharField(max_length=8, choices=Medium, default=Medium.EMAIL)
    fingerprint = models.CharField(max_length=64, unique=True)  # sha-256 of what makes it the same e-mail
    message_id = models.CharField(max_length=255, blank=True)
    sender = models.CharField(max_length=254, blank=True)  # in small letters, or a number; empty when nobody can tell
    sender_name = models.CharField(max_length=200, blank=True)
    recipients = ArrayField(models.CharField(max_length=254))
    subject = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    quoted = models.TextField(blank=True)  # what it repeats of earlier e-mails
    is_automatic = models.BooleanField()
    is_readable = models.BooleanField()
    received_at = models.DateTimeField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, unique=True)
    place = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mail_with_its_bytes",
                condition=Q(sha256__regex="^[0-9a-f]{64}$", fingerprint__regex="^[0-9a-f]{64}$") & ~Q(place=""),
            ),
            models.CheckConstraint(name="mail_or_text", condition=Q(medium__in=[Medium.EMAIL, Medium.SMS])),
        ]
        indexes = [
            models.Index(name="mail_text_of", fields=["sender", "received_at"], condition=Q(medium=Medium.SMS)),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class DeliveryReport(models.Model):
    """An e-mail that came in is a mail server's report on a message of ours."""

    append_only = True

    mail = models.OneToOneField(Mail, on_delete=models.PROTECT, to_field="uuid", related_name="+")
    message = models.UUIDField(db_index=True)
    fate = models.CharField(max_length=12, choices=Fate)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="delivery_report_fate_known", condition=Q(fate__in=Fate.values))]

    def __str__(self) -> str:
        return f"{self.message} {self.fate}"


class Attachment(models.Model):
    """A file that came with an e-mail, as its sender named it."""

    append_only = True

    mail = models.ForeignKey(Mail, on_delete=models.PROTECT, to_field="uuid", related_name="+", db_index=False)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    place = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="attachment_has_its_place", fields=["mail", "position"]),
            models.CheckConstraint(
                name="attachment_with_its_bytes", condition=Q(sha256__regex="^[0-9a-f]{64}$") & ~Q(place="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mail_id} {self.position}"


class Verdict(models.Model):
    """What a virus scanner says of bytes that came in, with whichever e-mails they came."""

    append_only = True

    sha256 = models.CharField(max_length=64, unique=True)
    found = models.CharField(max_length=200, blank=True)  # in the scanner's words; empty where it found nothing
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="verdict_of_bytes", condition=Q(sha256__regex="^[0-9a-f]{64}$"))]

    def __str__(self) -> str:
        return self.found or "clean"
