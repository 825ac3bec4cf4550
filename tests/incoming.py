"""E-mails as customers, machines and broken programs send them."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from uuid import UUID

from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.states import CaseKind
from ligneclaire.channels.models import Message
from ligneclaire.kernel.actor import SYSTEM

US = "reponse@mail.operator.example"
LENOIR, AUBERT, STRANGER = "lenoir@example.org", "aubert@example.org", "inconnue@example.com"
PDF = b"%PDF-1.7 invented"


def an_email(text: str = "Quand passe le technicien ?", *, sender: str = LENOIR, to: str = US, **headers: str) -> bytes:
    """A plain e-mail; a header is named with low lines, and left out where it is empty."""
    return built(text, sender=sender, to=to, **headers).as_bytes(policy=SMTP)


def built(text: str = "Voir ci-joint.", *, sender: str = LENOIR, to: str = US, **headers: str) -> EmailMessage:
    """The same, to add to."""
    mail = EmailMessage(policy=SMTP)
    given = {"From": sender, "To": to, "Subject": "Mon dossier", "Message_ID": "<1@mail.example.org>"} | headers
    for name, value in given.items():
        if value:
            mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def plus(reference: str) -> str:
    """The address by which an answer comes back to its matter."""
    name, _, domain = US.partition("@")
    return f"{name}+{reference}@{domain}"


def a_case(customer: str, *, at: datetime, subject: str = "contract:K-ADSL-1") -> str:
    """An open case; return its reference."""
    need = Need(kind=CaseKind.TERMINATION, owner="A-1", opened_at=at)
    return open_cases(needs={(customer, subject): need}, by=SYSTEM, at=at)[customer, subject].reference


def a_message(customer: str, *, case: str, at: datetime) -> UUID:
    """A message that we wrote; return its name."""
    uuid = UUID(int=Message.objects.count() + 1)
    Message.objects.create(
        uuid=uuid,
        utterance=uuid,
        customer=customer,
        case=case,
        channel="email",
        language="fr",
        adviser="A-1",
        subject="Votre contrat prend fin",
        content={},
        destination=[],
        written_at=at,
    )
    return uuid
