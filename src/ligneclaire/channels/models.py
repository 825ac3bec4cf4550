"""Messages on their way to customers, and what comes in from them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ligneclaire.channels.states import (
    LEFT,
    NOT_DELIVERED,
    SPOKEN,
    BatchState,
    Channel,
    Direction,
    FileKind,
    Medium,
    MessageState,
    PartState,
)


class Message(models.Model):
    """An utterance on its way by one channel, with its delivery state."""

    # One more column stands in the migration only, as PostgreSQL itself writes it: `lexemes`, the words to search by.

    uuid = models.UUIDField(unique=True)
    utterance = models.UUIDField()
    customer = models.CharField(max_length=20)
    case = models.CharField(max_length=12)
    channel = models.CharField(max_length=8, choices=Channel)
    copy_of = models.UUIDField(null=True)
    language = models.CharField(max_length=8)
    adviser = models.CharField(max_length=20)
    subject = models.CharField(max_length=200)
    content = models.JSONField()
    destination = models.JSONField()
    is_registered = models.BooleanField(default=False)  # a letter whose delivery the post proves
    written_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=MessageState, default=MessageState.QUEUED)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)  # as a phone's network says
    is_duty = models.BooleanField(default=False)  # the law asks for it: nothing holds it back, and it has to arrive
    is_urgent = models.BooleanField(default=False)
    held_until = models.DateTimeField(null=True)  # by quiet hours
    instead_of = models.UUIDField(null=True)  # the message that could not be delivered
    file = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # sha-256 of the file, as it left
    # Of a message in an adviser's own words: who wrote it, and the entry that it answers.
    written_by = models.CharField(max_length=80, blank=True)
    answers = models.UUIDField(null=True)
    tried = models.PositiveIntegerField(default=0)  # times in vain, or given back to be tried again
    failing_since = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)  # of the server that did not take it, the last one
    ticked_off_at = models.DateTimeField(null=True)
    ticked_off_by = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=500, blank=True)  # what a person did about it

    class Meta:
        constraints = [
            models.UniqueConstraint(name="message_once_a_channel", fields=["utterance", "channel"]),
            models.CheckConstraint(
                name="message_registered_on_paper", condition=Q(is_registered=False) | Q(channel=Channel.LETTER)
            ),
            models.CheckConstraint(
                name="message_returned_on_paper",
                condition=~Q(state=MessageState.RETURNED) | Q(channel=Channel.LETTER),
            ),
            models.UniqueConstraint(
                name="message_one_answer", fields=["answers"], condition=~Q(state=MessageState.UNDONE)
            ),
            models.CheckConstraint(
                name="message_answers_by_somebody", condition=Q(answers__isnull=True) | ~Q(written_by="")
            ),
            models.CheckConstraint(
                name="message_sent_with_file",
                condition=Q(state__in=LEFT, sent_at__isnull=False) & ~Q(file="") & ~Q(digest="")
                | ~Q(state__in=LEFT) & Q(sent_at__isnull=True, file="", digest=""),
            ),
            models.UniqueConstraint(name="message_one_instead", fields=["instead_of"]),
            models.CheckConstraint(
                name="message_delivered_once_sent",
                condition=Q(delivered_at__isnull=True) | Q(state=MessageState.SENT),
            ),
            models.CheckConstraint(
                name="message_held_while_it_may_be",
                condition=Q(held_until__isnull=True)
                | Q(state=MessageState.QUEUED, channel=Channel.SMS, is_duty=False, is_urgent=False),
            ),
            models.CheckConstraint(
                name="message_fails_with_answer",
                condition=Q(failing_since__isnull=True, answer="") | Q(failing_since__isnull=False) & ~Q(answer=""),
            ),
            models.CheckConstraint(
                name="message_undeliverable_fails",
                condition=Q(state=MessageState.QUEUED)
                | Q(state__in=NOT_DELIVERED, failing_since__isnull=False)
                | ~Q(state__in=NOT_DELIVERED) & Q(failing_since__isnull=True),
            ),
            models.CheckConstraint(
                name="message_ticked_off_with_note",
                condition=Q(ticked_off_at__isnull=True, ticked_off_by="", note="")
                | Q(state__in=NOT_DELIVERED, ticked_off_at__isnull=False) & ~Q(ticked_off_by="") & ~Q(note=""),
            ),
        ]
        indexes = [
            models.Index(name="message_of_case", fields=["case", "written_at"]),
            models.Index(name="message_of_customer", fields=["customer", "written_at"]),
            models.Index(name="message_undone", fields=["written_at"], condition=Q(state=MessageState.UNDONE)),
            models.Index(name="message_queued", fields=["written_at"], condition=Q(state=MessageState.QUEUED)),
            models.Index(
                name="message_undeliverable",
                fields=["failing_since"],
                condition=Q(state__in=NOT_DELIVERED, ticked_off_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class TextPart(models.Model):
    """A part of a text message, marked before it is handed to a short-message centre, and after."""

    message = models.UUIDField()
    place = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=PartState)
    centre_id = models.CharField(max_length=65, blank=True)  # the name by which receipts speak of it
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="text_part_once", fields=["message", "place"]),
            models.CheckConstraint(
                name="text_part_named_once_accepted",
                condition=Q(state=PartState.OFFERED, centre_id="") | ~Q(state=PartState.OFFERED),
            ),
        ]
        indexes = [models.Index(name="text_part_by_its_name", fields=["centre_id"], condition=~Q(centre_id=""))]

    def __str__(self) -> str:
        return f"{self.message} {self.place}"


class HeardPart(models.Model):
    """A part of a long text message from a phone, kept until the others are there, and a day more to know it again."""

    sender = models.CharField(max_length=65)
    recipient = models.CharField(max_length=65)
    reference = models.PositiveIntegerField()
    parts = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    is_joined = models.BooleanField(default=False)
    heard_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="heard_part_once", fields=["sender", "recipient", "reference", "parts", "place"]
            ),
            models.CheckConstraint(
                name="heard_part_has_its_place", condition=Q(place__gte=1, place__lte=F("parts"), parts__gte=2)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sender} {self.place}/{self.parts}"


WANT_AN_ANSWER = (Medium.EMAIL, Medium.SMS, Medium.LETTER)
"""Where who wrote to us waits; on the telephone and in person they had their answer."""


class Entry(models.Model):
    """What a customer and we said to each other otherwise than by a message of the voice: a call, a visit, a letter."""

    append_only = True

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


class LetterBatch(models.Model):
    """The letters that the print house gets together: numbered, counted, and written into one folder."""

    number = models.CharField(max_length=20, unique=True)  # the day, and which batch of it
    state = models.CharField(max_length=8, choices=BatchState, default=BatchState.MADE)
    made_at = models.DateTimeField(db_index=True)
    made_by = models.CharField(max_length=80)
    letters = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()
    sheets = models.PositiveIntegerField()
    cost = models.BigIntegerField()  # in minor units, as the terms were on that day
    currency = models.CharField(max_length=3)
    is_duplex = models.BooleanField()
    is_colour = models.BooleanField()
    postage = models.CharField(max_length=40)
    written_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)  # sha-256 of the index, which names those of the letters

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="letter_batch_has_letters", condition=Q(letters__gte=1, pages__gte=F("letters"), cost__gte=0)
            ),
            models.CheckConstraint(
                name="letter_batch_written_with_index",
                condition=Q(state=BatchState.MADE, written_at__isnull=True, digest="")
                | Q(state=BatchState.WRITTEN, written_at__isnull=False, digest__regex="^[0-9a-f]{64}$"),
            ),
        ]
        indexes = [
            models.Index(name="letter_batch_to_write", fields=["made_at"], condition=Q(state=BatchState.MADE)),
        ]

    def __str__(self) -> str:
        return self.number


class Printing(models.Model):
    """A letter that left is to be printed: once, and again only for a reason; it waits until a batch takes it."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, to_field="uuid", related_name="+", db_index=False)
    turn = models.PositiveSmallIntegerField()  # 0 when it left
    reason = models.CharField(max_length=500, blank=True)  # of printing it again
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    pages = models.PositiveIntegerField()
    batch = models.ForeignKey(
        LetterBatch, on_delete=models.PROTECT, to_field="number", null=True, related_name="+", db_index=False
    )
    place = models.PositiveIntegerField(null=True)  # in the batch
    cost = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="printing_once_a_turn", fields=["message", "turn"]),
            models.UniqueConstraint(name="printing_waits_once", fields=["message"], condition=Q(batch__isnull=True)),
            models.UniqueConstraint(name="printing_has_its_place", fields=["batch", "place"]),
            models.CheckConstraint(
                name="printing_counted_in_its_batch",
                condition=Q(batch__isnull=True, place__isnull=True, cost__isnull=True)
                | Q(batch__isnull=False, place__isnull=False, place__gte=1, cost__isnull=False, cost__gte=0),
            ),
            models.CheckConstraint(
                name="printing_again_with_reason", condition=Q(turn=0, reason="") | Q(turn__gt=0) & ~Q(reason="")
            ),
        ]
        indexes = [models.Index(name="printing_waiting", fields=["asked_at"], condition=Q(batch__isnull=True))]

    def __str__(self) -> str:
        return f"{self.message_id} {self.turn}"


class Scan(models.Model):
    """A letter on paper that somebody scanned; it waits until it stands in a thread, or is set aside."""

    uuid = models.UUIDField(unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=FileKind)
    size = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    place = models.CharField(max_length=100)
    is_checked = models.BooleanField()  # by a virus scanner
    reference = models.CharField(max_length=12, blank=True)  # read back from the code on it
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=80)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, to_field="uuid", null=True, related_name="+")
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=500, blank=True)  # why it belongs into no thread

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="scan_with_its_bytes",
                condition=Q(sha256__regex="^[0-9a-f]{64}$", kind__in=FileKind.values, pages__gte=1) & ~Q(place=""),
            ),
            models.CheckConstraint(
                name="scan_set_aside_with_reason",
                condition=Q(set_aside_at__isnull=True, set_aside_by="", reason="")
                | Q(set_aside_at__isnull=False, entry__isnull=True) & ~Q(set_aside_by="") & ~Q(reason=""),
            ),
        ]
        indexes = [
            models.Index(
                name="scan_waiting",
                fields=["uploaded_at"],
                condition=Q(entry__isnull=True, set_aside_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


MOST_ENCLOSURES = 5


class Enclosure(models.Model):
    """A file that goes with a message in an adviser's own words: kept with what they write, fixed once it is sent."""

    message = models.UUIDField()  # while it is written, too: the message has the name of its writing
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=FileKind)
    size = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    place = models.CharField(max_length=100)
    is_checked = models.BooleanField()  # by a virus scanner
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="enclosure_has_its_place", fields=["message", "position"]),
            models.UniqueConstraint(name="enclosure_once", fields=["message", "sha256"]),
            models.CheckConstraint(
                name="enclosure_with_its_bytes",
                condition=Q(sha256__regex="^[0-9a-f]{64}$", kind__in=FileKind.values, pages__gte=1) & ~Q(place=""),
            ),
            models.CheckConstraint(
                name="enclosure_one_of_a_few", condition=Q(position__gte=1, position__lte=MOST_ENCLOSURES)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message} {self.position}"
