"""What the screens say of facts, values, outcomes and promises, in the language of whoever reads them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ligneclaire.cases.states import OccasionKind
from ligneclaire.channels import files, virus
from ligneclaire.channels.states import ADDRESS_IN_DOUBT, Fate, ReturnReason
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.money import Money
from ligneclaire.kernel.ref import Ref
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.states import May, PersonKind, Proof
from ligneclaire.promises.rules import Pledge
from ligneclaire.voice.by_hand import ASKED, Fault, Mistake
from ligneclaire.voice.rules.grounds import Timing
from ligneclaire.voice.rules.state import Contradiction, End, Hold, Mode
from ligneclaire.voice.topics import REQUESTED, TOPICS
from ligneclaire.voice.values import Takes
from ligneclaire.voice.wording import explain, formats
from ligneclaire.voice.wording.texts import texts

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
TIMINGS: dict[Timing, Promise] = {
    Timing.AT_ONCE: _("It could not wait for anything: a line was cut, or an appointment is made."),
    Timing.RECEIPT: _("It confirms what the customer asked for: that waits for nothing."),
    Timing.SETTLED: _("A day had passed since the last news of the matter, so that it could all be told at once."),
    Timing.IN_TIME: _("It could not wait for more: the customer had to know in time."),
    Timing.HELD: _("The news had settled before, and was held: by a contradiction, or while sending was stopped."),
}
CHANNELS: dict[str, tuple[Promise, str]] = {
    "letter": (_("letter"), "file-earmark-text"),
    "email": (_("e-mail"), "envelope"),
    "sms": (_("text message"), "chat-left-text"),
}
MEDIUM_NAMES: dict[str, Promise] = {
    "call": _("on the telephone"),
    "shop": _("in the shop"),
    "visit": _("at the customer’s"),
    "letter": _("by letter"),
    "email": _("by e-mail"),
    "sms": _("by text message"),
}
WAYS: dict[str, Promise] = {
    "letter": _("letter"),
    "email": _("e-mail"),
    "sms": _("text message"),
    "call": _("telephone"),
    "shop": _("shop"),
    "visit": _("visit"),
}
AUTHORS: dict[str, Promise] = {"customer": _("the customer"), "voice": _("Ligne Claire itself")}
MEDIA: dict[str, tuple[Promise, Promise, str]] = {
    "call": (_("The customer called"), _("Called the customer"), "telephone"),
    "shop": (_("The customer came to the shop"), _("Spoke in the shop"), "people"),
    "visit": (_("The customer said during a visit"), _("Said during a visit"), "house-door"),
    "letter": (_("The customer wrote a letter"), _("Wrote a letter"), "file-earmark-text"),
    "email": (_("The customer wrote an e-mail"), _("Wrote an e-mail"), "envelope"),
    "sms": (_("The customer sent a text message"), _("Sent a text message"), "chat-left-text"),
}
SPOKEN_STATES: dict[str, tuple[Promise, str]] = {
    "open": (_("open"), ""),
    "kept": (_("kept"), "done"),
    "moved": (_("moved"), ""),
    "broken": (_("broken"), "stop"),
}
RETURNS: dict[str, Promise] = {
    ReturnReason.UNKNOWN.value: _("unknown at this address"),
    ReturnReason.MOVED.value: _("has moved away"),
    ReturnReason.REFUSED.value: _("not accepted"),
    ReturnReason.NOT_COLLECTED.value: _("not collected in time"),
}
FATES: dict[str, Promise] = {
    Fate.FAILED.value: _("could not be delivered"),
    Fate.DELAYED.value: _("still on its way"),
    Fate.DELIVERED.value: _("handed on"),
}
BATCH_STATES: dict[str, tuple[Promise, str]] = {
    "made": (_("being written"), "care"),
    "written": (_("ready for the print house"), "done"),
}
MESSAGE_STATES: dict[str, tuple[Promise, str]] = {
    "queued": (_("about to leave"), "care"),
    "delayed": (_("could not be handed over yet"), "care"),
    "undeliverable": (_("could not be delivered"), "stop"),
    "sent": (_("sent"), "done"),
    "returned": (_("came back"), "stop"),
    "held": (_("waits for the morning"), "care"),
    "delivered": (_("delivered"), "done"),
    "proposed": (_("proposed, not sent"), "care"),
    "undone": (_("taken back"), ""),
}
CAME_INSTEAD: dict[tuple[str, str], Promise] = {
    ("letter", "email"): _("sent by letter since the e-mail could not be delivered"),
    ("sms", "email"): _("sent by text message since the e-mail could not be delivered"),
    ("email", "sms"): _("sent by e-mail since the text message could not be delivered"),
    ("letter", "sms"): _("sent by letter since the text message could not be delivered"),
    ("email", "letter"): _("sent by e-mail since the letter could not be delivered"),
    ("sms", "letter"): _("sent by text message since the letter could not be delivered"),
}
PROMISE_TONES = {"open": "", "kept": "done", "moved": "", "broken": "stop", "unconfirmed": "stop"}
STILL_OPEN: dict[str, Promise] = {
    "question": _("A contradiction waits to be settled: settle it first."),
    "plan": _("A plan is under way: its steps close first."),
    "entry": _("The customer waits for an answer: answer first."),
}
DEEDS: dict[str, Promise] = {
    "handed over": _("Handed over to %(owner)s"),
    "snoozed": _("Rests until %(until)s"),
    "closed": _("Settled and closed"),
    "reopened": _("Open again"),
    "linked": _("Linked with %(other)s"),
    "unlinked": _("No longer linked with %(other)s"),
    "merged": _("Merged into %(other)s"),
    "took in": _("Took in %(other)s"),
    "unmerged": _("Separated from %(other)s again"),
    "gave back": _("%(other)s is a case of its own again"),
    "split": _("Split: a part of it is %(other)s now"),
    "split off": _("Split off from %(other)s"),
}
CASE_KINDS: dict[str, Promise] = {
    "termination": _("Termination"),
    "notice": _("Notice"),
    "move": _("Move"),
    "new line": _("New line"),
    "fault": _("Fault"),
    "line": _("Line"),
    "conversation": _("Conversation"),
}

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

# What clerks type, by the type of its topic: how it is written.
WRITTEN: dict[Takes, Promise] = {
    Takes.DATE: _("a day, like 05/03/2015"),
    Takes.MONEY: _("an amount, like 300,00 or 300,00 EUR"),
    Takes.TEXT: _("a short text, of at most 500 characters"),
    Takes.TEXTS: _("one thing on each line, or with | in between"),
    Takes.DAYS: _("a number of days, like 10"),
    Takes.FLAG: _("yes or no"),
    Takes.EVENT: _("nothing: it has happened"),
}
WRITTEN_ASKED = _("how it arrived: letter or email")
WRITTEN_END = _("how it arrived and, if they wish, a later end: letter 05/03/2015")
UNREADABLE: dict[Takes, Promise] = {
    Takes.DATE: _("This is not a day like 05/03/2015."),
    Takes.MONEY: _("This is not an amount like 300,00 or 300,00 EUR."),
    Takes.TEXT: _("At most 500 characters."),
    Takes.TEXTS: _("At most 50 things, each of at most 500 characters."),
    Takes.DAYS: _("This is not a whole number of days from 0 to 3650."),
    Takes.FLAG: _("This is neither yes nor no."),
    Takes.EVENT: _("This is not “letter” or “email”; other events take nothing."),
    Takes.REQUEST: _("This is not “letter” or “email”; other events take nothing."),
}
MISTAKES: dict[Mistake, Promise] = {
    Mistake("contract", Fault.MISSING): _("Type the number of the contract."),
    Mistake("contract", Fault.UNKNOWN): _("There is no contract with this number."),
    Mistake("contract", Fault.BEFORE_CONTRACT): _("This contract has not begun yet."),
    Mistake("key", Fault.MISSING): _("Name the topic."),
    Mistake("key", Fault.UNKNOWN): _("There is no topic of this name."),
    Mistake("value", Fault.MISSING): _("Type the value."),
    Mistake("value", Fault.BEFORE_CONTRACT): _("This day is before the contract began."),
    Mistake("effective", Fault.UNREADABLE): _("This is not a day like 05/03/2015."),
    Mistake("effective", Fault.BEFORE_CONTRACT): _("This day is before the contract began."),
    Mistake("line", Fault.REPEATED): _("An earlier line says the same."),
    Mistake("line", Fault.CONTRADICTED): _("Other lines say something else of this contract and topic: keep one."),
    Mistake("line", Fault.STATED_OTHERWISE): _("Something else was stated with this form already: begin a new one."),
    Mistake("line", Fault.TOO_LATE): _("No move can be taken back: none is under way, or it is too late for that."),
}
FIELDS: dict[str, Promise] = {
    "contract": _("contract"),
    "key": _("topic"),
    "value": _("value"),
    "effective": _("effective from"),
    "line": _("whole line"),
}

PERSON_KINDS: dict[PersonKind, Promise] = {
    PersonKind.GUARDIAN: _("guardian"),
    PersonKind.CURATOR: _("curator"),
    PersonKind.MANDATARY: _("with a written authority"),
    PersonKind.HEIR: _("heir"),
    PersonKind.NOTARY: _("notary"),
    PersonKind.HOUSEHOLD: _("of the household"),
    PersonKind.DELEGATE: _("delegate of the company"),
}
MAY: dict[May, Promise] = {
    May.EVERYTHING: _("everything"),
    May.BILLS: _("bills and payments"),
    May.LINE: _("the line and its faults"),
    May.ENDING: _("the end of contracts"),
}
PROOFS_OF_IDENTITY: dict[Proof, Promise] = {
    Proof.CALLED_BACK: _("called back on the number we know"),
    Proof.TWO_FACTS: _("knew two things that only they should"),
    Proof.DOCUMENT: _("showed a proof of identity"),
    Proof.CODE: _("read out the code that we had sent"),
    Proof.FAILED: _("did not prove it"),
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


def source(name: str) -> str:
    """Who stated something: a department by its name, a part of this system by a word for it."""
    return explain.source_name(name, language=language())


def outcome(end: str, reason: str) -> str:
    """How a fact ended, and why."""
    if end == "waiting":
        return gettext("Waiting.")
    if end == "set aside":
        return gettext("Set aside: it could not be handled.")
    return explain.outcome(End(end), reason, language=language())


def amount(of: Money) -> str:
    """An amount of money."""
    return formats.money(of, texts(language()))


def file_refused(refusal: Refused) -> str:
    """Why a file is not taken."""
    match refusal:
        case files.TooLarge():
            return gettext(
                "The file is too large: %(most)d MB at most, and no larger picture than a scanner makes."
            ) % {"most": files.LARGEST // 1024 // 1024}
        case files.OfAnotherKind():
            return gettext("This is no PDF, PNG or JPEG that can be opened, whatever its name says.")
        case virus.Infected():
            return gettext("Our virus scanner refuses this file.")
        case virus.ScannerSilent():
            return gettext("Our virus scanner does not answer: please try again later.")
    raise refusal


def fate(name: str) -> Promise:
    """What became of an e-mail, as a mail server reports it."""
    return FATES[name]


def not_delivered(answer: str) -> str:
    """Why a message was not delivered, where it was no mail server that said so; otherwise nothing."""
    if answer == ADDRESS_IN_DOUBT:
        return gettext("Held back: an earlier message came back from this address.")
    return gettext("The post says: %(reason)s.") % {"reason": RETURNS[answer]} if answer in RETURNS else ""


def written(key: str) -> str:
    """How the value of a topic is typed."""
    if key in ASKED:
        return str(WRITTEN_END if key == REQUESTED else WRITTEN_ASKED)
    return str(WRITTEN[TOPICS[key].takes])


def mistake(found: Mistake, key: str | None) -> str:
    """What is wrong with something that a clerk typed of a topic."""
    if found == Mistake("value", Fault.UNREADABLE) and key:
        return str(UNREADABLE[TOPICS[key].takes])
    if found == Mistake("value", Fault.MISSING) and key in ASKED:
        return gettext("Choose how it arrived.")
    if found == Mistake("value", Fault.MISSING) and key and TOPICS[key].takes == Takes.FLAG:
        return gettext("Choose yes or no.")
    return str(MISTAKES[found])


def hold(waiting: Hold) -> str:
    """Why facts wait, and until when, in the time zone of the page."""
    calendar = Calendar(zone=timezone.get_current_timezone_name())
    return explain.hold_reason(waiting, calendar=calendar, language=language())


def pledged(pledge: Pledge) -> str:
    """What was promised, for when, and where it stands."""
    return explain.promise_text(pledge, language=language())


def mode(of: Mode) -> str:
    """How much the voice may do."""
    return explain.mode_name(of, language=language())


def disagreement(on: Contradiction, departments: Mapping[str, str]) -> str:
    """Who stated what of a topic on which departments disagreed."""
    return explain.question_text(on, departments=departments, language=language())


def may(of: Collection[May]) -> str:
    """What somebody may know and ask for, in a sentence."""
    if May.EVERYTHING in of:
        return gettext("May know and ask for everything, like the customer.")
    said = ", ".join(str(MAY[one]) for one in of)
    return gettext("May know of and ask for: %(things)s. Nothing else.") % {"things": said}


def subject(of: str, offers: Mapping[str, str]) -> str:
    """What a matter is about: the name of the offer and the number of the contract."""
    ref = Ref.parse(of) if of else None
    if ref is None or ref.kind == "customer":
        return ""
    return f"{offers[ref.number]}, {ref.number}" if ref.number in offers else ref.number
