"""What the screens say of facts, values, outcomes and promises, in the language of whoever reads them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ligneclaire.cases.states import OccasionKind
from ligneclaire.contracts.facts import REASON_DECIDED
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.ref import Ref
from ligneclaire.promises.rules import Matter, Pledge
from ligneclaire.voice.rules.state import SETTLEMENT, WITHDRAWAL, End, Hold
from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.values import Takes
from ligneclaire.voice.wording import explain

OTHER_KINDS: dict[str, Promise] = {
    SETTLEMENT: _("contradiction settled"),
    WITHDRAWAL: _("fact withdrawn"),
    REASON_DECIDED: _("reason to leave decided"),
}
TONES = {
    "waiting": "care",
    "set aside": "stop",
    End.SAID: "done",
    End.FOLDED: "done",
    End.NOT_UNDERSTOOD: "stop",
}
HOLDS: dict[str, Promise] = {
    "contradiction": _("waits for a contradiction to be settled"),
    "settling": _("waits for what may still come"),
    "receipt": _("a receipt, ready to leave"),
    "stopped": _("sending is stopped"),
}
CHANNELS: dict[str, tuple[Promise, str]] = {
    "letter": (_("letter"), "file-earmark-text"),
    "email": (_("e-mail"), "envelope"),
    "sms": (_("text message"), "chat-left-text"),
}
MESSAGE_STATES: dict[str, tuple[Promise, str]] = {
    "queued": (_("about to leave"), "care"),
    "sent": (_("sent"), "done"),
    "proposed": (_("proposed, not sent"), "care"),
}
PROMISE_TONES = {"open": "", "kept": "done", "moved": "", "broken": "stop", "unconfirmed": "stop"}
CASE_KINDS: dict[str, Promise] = {"termination": _("Termination"), "notice": _("Notice")}

# What may free of a commitment, as it stands in a request.
REASONS: dict[str, Promise] = {
    "move_abroad": _("move abroad"),
    "unreachable_after_move": _("move out of reach of the service"),
    "dismissal": _("dismissal"),
    "over_indebtedness": _("over-indebtedness"),
    "force_majeure_death": _("death of the holder"),
    "force_majeure_hospital": _("long stay in hospital"),
    "force_majeure_prison": _("imprisonment"),
    "performance_gap": _("performance below the contract"),
    "price_change": _("change of price or terms"),
    "other": _("another reason"),
}

# What proves a reason, as the rules name it.
PROOFS: dict[str, Promise] = {
    "dismissal_letter": _("the letter of dismissal"),
    "permanent_contract": _("the permanent contract of work"),
    "death_certificate": _("the death certificate"),
    "hospital_certificate": _("the certificate of stay in hospital"),
    "prison_certificate": _("the certificate of presence in prison"),
    "proof_of_new_address": _("a proof of the new address"),
    "proof_of_address_abroad": _("a proof of the address abroad"),
    "admissibility_notice": _("the commission’s notification of admissibility"),
    "identity": _("a proof of identity"),
    "deposit_certificate": _("the certificate of deposit of the file"),
}

# What brings an adviser to a record when no matter in hand does.
OCCASIONS: dict[OccasionKind, Promise] = {
    OccasionKind.PHONE: _("The customer is on the phone"),
    OccasionKind.COUNTER: _("The customer is at the counter"),
    OccasionKind.COLLEAGUE: _("A colleague asked me to look"),
    OccasionKind.OTHER: _("Something else"),
}


def language() -> str:
    """The language of the page."""
    return (get_language() or "fr")[:2]


def kind(name: str) -> str:
    """What a fact is about."""
    text = str(OTHER_KINDS[name]) if name in OTHER_KINDS else explain.topic_name(name, language=language())
    return text[:1].upper() + text[1:] if name in TOPICS or name in OTHER_KINDS else name


def source(name: str) -> str:
    """Who stated something: a department by its name, a part of this system by a word for it."""
    return explain.source_name(name, language=language())


def value(key: str, said: object) -> str:
    """The value of a topic; nothing where its name says it all."""
    if said in (None, {}) or (key in TOPICS and TOPICS[key].takes is Takes.EVENT):
        return ""
    return explain.value_text(key, said, language=language())


def outcome(end: str, reason: str) -> str:
    """How a fact ended, and why."""
    if end == "waiting":
        return gettext("Waiting.")
    if end == "set aside":
        return gettext("Set aside: it could not be handled.")
    return explain.outcome(End(end), reason, language=language())


def hold(waiting: Hold) -> str:
    """Why facts wait, and until when, in the time zone of the page."""
    calendar = Calendar(zone=timezone.get_current_timezone_name())
    return explain.hold_reason(waiting, calendar=calendar, language=language())


def promised(pledge: Pledge) -> str:
    """What was promised, where the date alone does not say it."""
    if pledge.matter is Matter.TELLING:
        return gettext("to be told")
    return "" if pledge.due_on else value(pledge.key, pledge.value)


def subject(of: str, offers: Mapping[str, str]) -> str:
    """What a matter is about: the name of the offer and the number of the contract."""
    ref = Ref.parse(of) if of else None
    if ref is None or ref.kind == "customer":
        return ""
    return f"{offers[ref.number]}, {ref.number}" if ref.number in offers else ref.number
