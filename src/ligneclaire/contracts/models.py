"""Who holds what, since when; and what customers declare to end it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Upper

from ligneclaire.contracts.rules.early_termination import BeforeTwelve, Commitment
from ligneclaire.contracts.states import EndState, ProofKind, RequestKind, RequestState, Scan
from ligneclaire.kernel.money import Money
from ligneclaire.kernel.rows import Stamped

COMMITMENT_END = Func(  # as the rules count months
    F("commitment_accepted_on"),
    F("commitment_months"),
    arg_joiner=" + interval '1 month' * ",
    template="((%(expressions)s)::date)",
)


class Contract(Stamped):
    """A line that a customer holds on an offer, and for how long they are bound.

    A commitment has all its columns or none; without them `committed_until` may still be known.
    """

    number = models.CharField(max_length=40, unique=True)
    customer = models.ForeignKey(
        "people.Customer", on_delete=models.PROTECT, to_field="number", related_name="+", db_index=False
    )
    offer = models.ForeignKey(
        "offers.Offer", on_delete=models.PROTECT, to_field="code", related_name="+", db_index=False
    )
    line = models.CharField(max_length=16)
    since = models.DateField()
    concluded_on = models.DateField()
    committed_until = models.DateField(null=True)
    commitment_accepted_on = models.DateField(null=True)
    commitment_months = models.PositiveSmallIntegerField(null=True)
    commitment_fee_minor = models.BigIntegerField(null=True)  # absent: what the law allows
    commitment_clause = models.CharField(max_length=40, blank=True)
    before_month_twelve = models.CharField(max_length=20, blank=True)
    subsidised_handset = models.BooleanField(default=False)
    rio = models.CharField(max_length=12, blank=True)
    place = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="contract_and_customer", fields=["customer", "number"]),
            models.CheckConstraint(
                name="contract_commitment_after_start",
                condition=Q(committed_until__isnull=True) | Q(committed_until__gt=F("since")),
            ),
            models.CheckConstraint(name="contract_concluded_before_start", condition=Q(concluded_on__lte=F("since"))),
            models.CheckConstraint(
                name="contract_commitment_whole_or_none",
                condition=Q(
                    commitment_accepted_on__isnull=True,
                    commitment_months__isnull=True,
                    commitment_fee_minor__isnull=True,
                    commitment_clause="",
                    before_month_twelve="",
                    subsidised_handset=False,
                )
                | Q(
                    commitment_accepted_on__isnull=False,
                    commitment_accepted_on__gte=F("concluded_on"),
                    commitment_months__isnull=False,
                    commitment_months__gte=1,
                    committed_until__isnull=False,
                    before_month_twelve__in=[policy.value for policy in BeforeTwelve],
                ),
            ),
            models.CheckConstraint(
                name="contract_committed_until_the_end",
                condition=Q(commitment_accepted_on__isnull=True) | Q(committed_until=COMMITMENT_END),
            ),
            models.CheckConstraint(
                name="contract_fee_not_negative",
                condition=Q(commitment_fee_minor__isnull=True) | Q(commitment_fee_minor__gte=0),
            ),
            models.CheckConstraint(
                name="contract_rio_form", condition=Q(rio="") | Q(rio__regex=r"^[0-9A-Z]{2}[A-Z][0-9A-Z+]{9}$")
            ),
            models.CheckConstraint(name="contract_line_is_e164", condition=Q(line__regex=r"^\+[1-9][0-9]{6,14}$")),
        ]
        indexes = [models.Index(name="contract_line", fields=["line"])]

    def __str__(self) -> str:
        return self.number

    @property
    def commitment(self) -> Commitment | None:
        """What binds the customer, in the currency of the offer."""
        if self.commitment_accepted_on is None or self.commitment_months is None:
            return None
        fee, price = self.commitment_fee_minor, self.offer.price_per_month
        return Commitment(
            concluded_on=self.concluded_on,
            accepted_on=self.commitment_accepted_on,
            months=self.commitment_months,
            monthly=price,
            subsidised_handset=self.subsidised_handset,
            policy=BeforeTwelve(self.before_month_twelve),
            contract_fee=None if fee is None else Money(fee, price.currency),
            clause=self.commitment_clause,
        )


class Equipment(Stamped):
    """A thing of ours at the customer's place."""

    # One foreign key over both columns, in the migration, says that the contract is this customer's.
    customer = models.ForeignKey(
        "people.Customer",
        on_delete=models.PROTECT,
        to_field="number",
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    contract = models.ForeignKey(
        Contract,
        on_delete=models.PROTECT,
        to_field="number",
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    kind = models.CharField(max_length=40)
    serial = models.CharField(max_length=60, unique=True)

    class Meta:
        indexes = [
            models.Index(name="equipment_customer", fields=["customer"]),
            models.Index(name="equipment_contract", fields=["contract"]),
            models.Index(Upper("serial"), name="equipment_serial_any_case"),
        ]

    def __str__(self) -> str:
        return self.serial


class TerminationRequest(models.Model):
    """What somebody declared to end contracts, as they typed it; everything that is personal stays in this row."""

    reference = models.CharField(max_length=12, unique=True)
    form = models.UUIDField(unique=True)  # sending the same form again is the same request
    kind = models.CharField(max_length=12, choices=RequestKind)
    state = models.CharField(max_length=10, choices=RequestState)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=80)
    latest_end = models.DateField()
    language = models.CharField(max_length=8)
    surname = models.CharField(max_length=120, blank=True)
    first_name = models.CharField(max_length=120, blank=True)
    company = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    address = models.TextField(max_length=400, blank=True)
    references = models.CharField(max_length=200, blank=True)
    lines = ArrayField(models.CharField(max_length=16), default=list)
    wished_on = models.DateField(null=True)
    reason = models.CharField(max_length=30, blank=True)
    reason_words = models.TextField(max_length=500, blank=True)
    sender = models.CharField(max_length=64, blank=True)
    # A customer who was signed in, or who was found by what was typed.
    customer = models.ForeignKey(
        "people.Customer", on_delete=models.PROTECT, to_field="number", related_name="+", null=True
    )
    is_guest = models.BooleanField()
    owner = models.ForeignKey("people.Adviser", on_delete=models.PROTECT, to_field="number", related_name="+")
    closed_by = models.CharField(max_length=80, blank=True)
    closed_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True)
    # What an adviser decided on the reason.
    is_reason_accepted = models.BooleanField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=500, blank=True)
    received_by_commission_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="request_kind_known", condition=Q(kind__in=RequestKind.values)),
            models.CheckConstraint(name="request_state_known", condition=Q(state__in=RequestState.values)),
            models.CheckConstraint(
                name="request_of_a_customer_or_a_guest", condition=Q(is_guest=True) | Q(customer__isnull=False)
            ),
            models.CheckConstraint(
                name="request_rejected_with_a_reason", condition=~Q(state=RequestState.REJECTED) | ~Q(note="")
            ),
            models.CheckConstraint(
                name="request_closed_by_somebody",
                condition=Q(closed_at__isnull=True, closed_by="") | Q(closed_at__isnull=False) & ~Q(closed_by=""),
            ),
            models.CheckConstraint(
                name="request_reason_decided_by_somebody",
                condition=Q(is_reason_accepted__isnull=True, decided_at__isnull=True, decided_by="")
                | Q(is_reason_accepted__isnull=False, decided_at__isnull=False) & ~Q(decided_by="") & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="request_reason_refused_with_a_note",
                condition=Q(is_reason_accepted__isnull=True) | Q(is_reason_accepted=True) | ~Q(decision_note=""),
            ),
        ]
        indexes = [
            models.Index(name="request_waiting", fields=["received_at"], condition=Q(state=RequestState.WAITING)),
            models.Index(
                name="request_to_decide",
                fields=["received_at"],
                condition=Q(state=RequestState.TAKEN, decided_at__isnull=True) & ~Q(reason=""),
            ),
            models.Index(name="request_sender", fields=["sender", "received_at"], condition=~Q(sender="")),
        ]

    def __str__(self) -> str:
        return self.reference


class RequestedEnd(models.Model):
    """A contract that a request ends, or whose end was requested already."""

    request = models.ForeignKey(TerminationRequest, on_delete=models.PROTECT, related_name="+", db_index=False)
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, to_field="number", related_name="+", db_index=False
    )
    kind = models.CharField(max_length=12, choices=RequestKind)
    state = models.CharField(max_length=10, choices=EndState)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="requested_end_once", fields=["request", "contract"]),
            models.UniqueConstraint(
                name="requested_end_one_open", fields=["contract", "kind"], condition=Q(state=EndState.OPEN)
            ),
            models.CheckConstraint(name="requested_end_state_known", condition=Q(state__in=EndState.values)),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.contract_id}"


class Proof(models.Model):
    """A file that a customer sent with a request; the file itself lies in the folder of documents."""

    append_only = True

    request = models.ForeignKey(TerminationRequest, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=4, choices=ProofKind)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    place = models.CharField(max_length=120)
    scan = models.CharField(max_length=10, choices=Scan)
    uploaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="proof_once", fields=["request", "sha256"]),
            models.CheckConstraint(name="proof_kind_known", condition=Q(kind__in=ProofKind.values)),
            models.CheckConstraint(name="proof_scan_known", condition=Q(scan__in=Scan.values)),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.name}"


class Draft(models.Model):
    """A form that is being filled in, as typed, so that nothing is lost on the way."""

    form = models.UUIDField(unique=True)
    content = models.JSONField()
    customer = models.CharField(max_length=20, blank=True)
    sender = models.CharField(max_length=64)
    kept_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(name="draft_kept_at", fields=["kept_at"]),
            models.Index(name="draft_sender", fields=["sender", "kept_at"]),
        ]

    def __str__(self) -> str:
        return str(self.form)
