"""What the voice said, what each fact came to, and how much the voice may do."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from ligneclaire.voice.rules.reviews import ReviewState
from ligneclaire.voice.rules.state import End, Mode

SPOKEN = ["said", "folded"]


class Utterance(models.Model):
    """What the voice decided to say to one customer about one subject at one instant."""

    append_only = True

    uuid = models.UUIDField(unique=True)
    customer = models.CharField(max_length=20)
    subject = models.CharField(max_length=80)
    case = models.CharField(max_length=12)
    at = models.DateTimeField()
    mode = models.CharField(max_length=8, choices=[(mode.value, mode.value) for mode in (Mode.LIVE, Mode.SHADOW)])
    digest = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(name="utterance_once", fields=["customer", "digest"])]
        indexes = [models.Index(name="utterance_of_customer", fields=["customer", "at"])]

    def __str__(self) -> str:
        return str(self.uuid)


class Told(models.Model):
    """One topic of an utterance: the value, the earlier one, and the facts it rests on."""

    append_only = True

    utterance = models.ForeignKey(Utterance, on_delete=models.PROTECT, to_field="uuid", related_name="+")
    place = models.PositiveSmallIntegerField()
    customer = models.CharField(max_length=20)
    subject = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    value = models.JSONField(null=True)
    effective = models.DateField(null=True)
    earlier = models.JSONField(null=True)
    facts = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(name="told_once", fields=["utterance", "subject", "key"])]
        indexes = [models.Index(name="told_to_customer", fields=["customer", "subject"])]

    def __str__(self) -> str:
        return f"{self.subject} {self.key}"


class Outcome(models.Model):
    """How a fact ended: once, and with a reason."""

    append_only = True

    fact = models.OneToOneField("facts.Fact", on_delete=models.PROTECT, primary_key=True, related_name="+")
    customer = models.CharField(max_length=20, null=True)  # noqa: DJ001  # None: a fact about no customer
    end = models.CharField(max_length=20, choices=[(end.value, end.value) for end in End])
    reason = models.CharField(max_length=200, blank=True)
    utterance = models.ForeignKey(Utterance, on_delete=models.PROTECT, to_field="uuid", null=True, related_name="+")
    by_fact = models.ForeignKey("facts.Fact", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="outcome_said_somewhere",
                condition=Q(end__in=SPOKEN, utterance__isnull=False)
                | ~Q(end__in=SPOKEN) & Q(utterance__isnull=True) & ~Q(reason=""),
            ),
        ]
        indexes = [
            models.Index(name="outcome_of_utterance", fields=["utterance"]),
            models.Index(name="outcome_not_understood", fields=["at"], condition=Q(end="not understood")),
        ]

    def __str__(self) -> str:
        return f"{self.fact_id} {self.end}"


class Deed(models.TextChoices):
    """What a person can do about a fact that went wrong."""

    TICKED_OFF = "ticked off"
    TRIED_AGAIN = "tried again"


class Inspection(models.Model):
    """A person looked at a fact that was not understood, or set aside, and did something about it."""

    append_only = True

    fact = models.ForeignKey("facts.Fact", on_delete=models.PROTECT, related_name="+")
    deed = models.CharField(max_length=12, choices=Deed)
    note = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="inspection_ticks_off_once", fields=["fact"], condition=Q(deed=Deed.TICKED_OFF)
            ),
            models.CheckConstraint(
                name="inspection_ticks_off_with_note", condition=~Q(deed=Deed.TICKED_OFF) | ~Q(note="")
            ),
        ]
        indexes = [models.Index(name="inspection_newest", fields=["at"])]

    def __str__(self) -> str:
        return f"fact {self.fact_id} {self.deed}"


class ModeChange(models.Model):
    """From an instant on, the voice speaks, only proposes, or is silent."""

    append_only = True

    at = models.DateTimeField(unique=True)
    mode = models.CharField(max_length=8, choices=[(mode.value, mode.value) for mode in Mode])
    by = models.CharField(max_length=80)
    reason = models.CharField(max_length=500)

    class Meta:
        constraints = [models.CheckConstraint(name="mode_change_with_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.mode} since {self.at:%Y-%m-%d %H:%M}"


class Writing(models.Model):
    """A message that an adviser is writing, as typed so far; it is gone once it is sent or thrown away."""

    uuid = models.UUIDField(unique=True)  # of the message that it becomes
    customer = models.CharField(max_length=20)
    adviser = models.CharField(max_length=20)
    answers = models.UUIDField(null=True)
    fields = models.JSONField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="writing_to_customer", fields=["customer", "changed_at"])]

    def __str__(self) -> str:
        return str(self.uuid)


class StandardText(models.Model):
    """Words that advisers often begin with, as they are called now; never deleted."""

    uuid = models.UUIDField(unique=True)
    name = models.CharField(max_length=80)
    shortcut = models.CharField(max_length=30)  # typed as ::shortcut
    version = models.PositiveIntegerField()
    archived_by = models.CharField(max_length=80, blank=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), name="standard_text_name_once", condition=Q(archived_at=None)),
            models.UniqueConstraint(
                name="standard_text_shortcut_once", fields=["shortcut"], condition=Q(archived_at=None)
            ),
            models.CheckConstraint(
                name="standard_text_archived_by_somebody",
                condition=Q(archived_at=None, archived_by="") | Q(archived_at__isnull=False) & ~Q(archived_by=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StandardTextVersion(models.Model):
    """A standard text as it was worded at a time, in each language."""

    append_only = True

    text = models.ForeignKey(StandardText, on_delete=models.PROTECT, to_field="uuid", related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    shortcut = models.CharField(max_length=30)
    words = models.JSONField()  # by language: subject and text
    written_by = models.CharField(max_length=80)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="standard_text_version_once", fields=["text", "number"])]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class Review(models.Model):
    """A message in an adviser's own words that a second adviser looks at before it leaves."""

    uuid = models.UUIDField(unique=True)
    message = models.UUIDField()  # that it becomes
    customer = models.CharField(max_length=20)
    author = models.CharField(max_length=20)  # an adviser, like who decides
    causes = models.JSONField()
    words = models.JSONField()  # as they were handed in; whoever changes them hands in anew
    asked_at = models.DateTimeField()
    state = models.CharField(
        max_length=12, choices=[(state.value, state.value) for state in ReviewState], default=ReviewState.WAITING.value
    )
    decided_by = models.CharField(max_length=20, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="review_one_at_a_time", fields=["message"], condition=Q(state=ReviewState.WAITING.value)
            ),
            models.UniqueConstraint(
                name="review_approved_once", fields=["message"], condition=Q(state=ReviewState.APPROVED.value)
            ),
            models.CheckConstraint(
                name="review_never_ones_own",
                condition=~Q(state__in=[ReviewState.APPROVED.value, ReviewState.SENT_BACK.value])
                | ~Q(decided_by=F("author")),
            ),
            models.CheckConstraint(
                name="review_decided_by_somebody",
                condition=Q(state=ReviewState.WAITING.value, decided_by="", decided_at=None)
                | ~Q(state=ReviewState.WAITING.value) & ~Q(decided_by="") & Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="review_sent_back_with_reason",
                condition=Q(state=ReviewState.SENT_BACK.value) & ~Q(reason="")
                | ~Q(state=ReviewState.SENT_BACK.value) & Q(reason=""),
            ),
            models.CheckConstraint(name="review_has_a_cause", condition=~Q(causes=[])),
        ]
        indexes = [
            models.Index(name="review_waiting", fields=["asked_at"], condition=Q(state=ReviewState.WAITING.value)),
            models.Index(name="review_of_message", fields=["message"]),
            models.Index(name="review_to_customer", fields=["customer"], condition=Q(state=ReviewState.WAITING.value)),
        ]

    def __str__(self) -> str:
        return f"{self.message} {self.state}"


class Upload(models.Model):
    """A file of statements as a clerk of a department sent it, kept for some days: to be checked, then stated."""

    uuid = models.UUIDField(unique=True)
    department = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    rows = models.JSONField()
    sent_by = models.CharField(max_length=80)
    sent_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.CheckConstraint(name="upload_has_rows", condition=~Q(rows=[]))]

    def __str__(self) -> str:
        return str(self.uuid)
