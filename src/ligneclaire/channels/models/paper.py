"""Letters as they are printed, scans of those that came, and files that go with a message."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ligneclaire.channels.models.entries import Entry
from ligneclaire.channels.models.messages import Message
from ligneclaire.channels.states import (
    BatchState,
    FileKind,
)


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
