"""Messages on their way to customers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ligneclaire.channels.states import Channel, MessageState


class Message(models.Model):
    """An utterance on its way by one channel, with its delivery state."""

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
    written_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=MessageState, default=MessageState.QUEUED)
    sent_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # sha-256 of the file, as it left
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
                name="message_sent_with_file",
                condition=Q(state=MessageState.SENT, sent_at__isnull=False) & ~Q(file="") & ~Q(digest="")
                | ~Q(state=MessageState.SENT) & Q(sent_at__isnull=True, file="", digest=""),
            ),
            models.CheckConstraint(
                name="message_fails_with_answer",
                condition=Q(failing_since__isnull=True, answer="") | Q(failing_since__isnull=False) & ~Q(answer=""),
            ),
            models.CheckConstraint(
                name="message_undeliverable_fails",
                condition=Q(state=MessageState.QUEUED)
                | Q(state=MessageState.UNDELIVERABLE, failing_since__isnull=False)
                | ~Q(state=MessageState.UNDELIVERABLE) & Q(failing_since__isnull=True),
            ),
            models.CheckConstraint(
                name="message_ticked_off_with_note",
                condition=Q(ticked_off_at__isnull=True, ticked_off_by="", note="")
                | Q(state=MessageState.UNDELIVERABLE, ticked_off_at__isnull=False) & ~Q(ticked_off_by="") & ~Q(note=""),
            ),
        ]
        indexes = [
            models.Index(name="message_of_customer", fields=["customer", "written_at"]),
            models.Index(name="message_queued", fields=["written_at"], condition=Q(state=MessageState.QUEUED)),
            models.Index(
                name="message_undeliverable",
                fields=["failing_since"],
                condition=Q(state=MessageState.UNDELIVERABLE, ticked_off_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
