"""Messages that we send, and the parts of those that go to phones."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ligneclaire.channels.states import (
    LEFT,
    NOT_DELIVERED,
    Channel,
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
