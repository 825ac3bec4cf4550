"""Messages on their way to customers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ligneclaire.channels.states import Channel, MessageState


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
    written_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=MessageState, default=MessageState.QUEUED)
    sent_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # sha-256 of the file, as it left

    class Meta:
        constraints = [
            models.UniqueConstraint(name="message_once_a_channel", fields=["utterance", "channel"]),
            models.CheckConstraint(
                name="message_sent_with_file",
                condition=Q(state=MessageState.SENT, sent_at__isnull=False) & ~Q(file="") & ~Q(digest="")
                | ~Q(state=MessageState.SENT) & Q(sent_at__isnull=True, file="", digest=""),
            ),
        ]
        indexes = [
            models.Index(name="message_of_customer", fields=["customer", "written_at"]),
            models.Index(name="message_queued", fields=["written_at"], condition=Q(state=MessageState.QUEUED)),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
