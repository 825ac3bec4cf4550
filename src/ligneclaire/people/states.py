"""The kinds that people's rows have."""

from __future__ import annotations

from django.db.models import TextChoices


class AbsenceReason(TextChoices):
    """Why an adviser is away, as far as it is anyone's business: health is not recorded."""

    LEAVE = "LEAVE"
    TRAINING = "TRAINING"
    UNPLANNED = "UNPLANNED"


class ContactKind(TextChoices):
    """The ways to reach or recognise a customer."""

    ADDRESS = "ADDRESS"
    MOBILE = "MOBILE"
    EMAIL = "EMAIL"


class MergeDeed(TextChoices):
    """What was done with two numbers."""

    MERGED = "merged"
    UNMERGED = "unmerged"


class Purpose(TextChoices):
    """What we ask a customer's consent for."""

    WELCOME_BACK = "WELCOME_BACK"
    """To write once in a while to somebody who left, in case they want to come back."""


class StaffRole(TextChoices):
    """In which role an account opens the desk, by the names of the roles."""

    SUPERVISOR = "supervisor"
    ADVISER = "adviser"
    TRAINEE = "adviser in training"
    TECHNICIAN = "technician"
    CLERK = "clerk"


class WayIn(TextChoices):
    """How a customer showed who they are."""

    CODE = "CODE"
    PASSKEY = "PASSKEY"


class PersonKind(TextChoices):
    """Who somebody is who may speak for a customer, or be spoken to about them."""

    GUARDIAN = "GUARDIAN"
    """Acts for an adult who cannot (tuteur)."""
    CURATOR = "CURATOR"
    """Assists an adult, who acts along (curateur)."""
    MANDATARY = "MANDATARY"
    """Has a written authority (mandataire)."""
    HEIR = "HEIR"
    NOTARY = "NOTARY"
    HOUSEHOLD = "HOUSEHOLD"
    DELEGATE = "DELEGATE"
    """Of a company that is the customer."""


CHOSEN = (PersonKind.MANDATARY, PersonKind.HOUSEHOLD, PersonKind.DELEGATE)
"""Whom a customer chose themself, and can withdraw alone; a judge or an inheritance named the others."""


class May(TextChoices):
    """What somebody may know of a customer's record, and ask for."""

    EVERYTHING = "EVERYTHING"
    BILLS = "BILLS"
    LINE = "LINE"
    """The line, and its faults."""
    ENDING = "ENDING"
    """To end contracts, and how far that is."""


class Proof(TextChoices):
    """How somebody who calls or comes by proved who they are."""

    CALLED_BACK = "CALLED_BACK"
    """We called the number that we know."""
    TWO_FACTS = "TWO_FACTS"
    """They knew two things that only they should."""
    DOCUMENT = "DOCUMENT"
    """They showed a proof of identity."""
    CODE = "CODE"
    """They read out the code that we had sent to a contact point we know."""
    FAILED = "FAILED"
    """They did not."""


BY_HAND = (Proof.CALLED_BACK, Proof.TWO_FACTS, Proof.DOCUMENT, Proof.FAILED)
"""What an adviser may say themself; that a code was right, only the code says."""


class MessagePurpose(TextChoices):
    """What a message is for, as customers choose their ways."""

    SERVICE = "SERVICE"
    """What becomes of a contract, a line, a request."""
    DATES = "DATES"
    """Appointments, and days by which something happens or has to be done."""
    BILLS = "BILLS"
    """Bills, fees and refunds."""
    COMMERCIAL = "COMMERCIAL"
    """Offers."""
    SURVEYS = "SURVEYS"
    """Questions about how we did."""


class Way(TextChoices):
    """How a customer wants to be written to."""

    EMAIL = "EMAIL"
    SMS = "SMS"
    LETTER = "LETTER"
    NONE = "NONE"
    """Not at all, which only what nobody has to read may be."""
    ANY = "ANY"
    """As it comes: the way in which they wrote to us themselves."""


OPTIONAL = (MessagePurpose.COMMERCIAL, MessagePurpose.SURVEYS)
