"""What the space says of channels, promises and devices, in the language of whoever reads it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ligneclaire.cases.queries.reads import ReadCard
from ligneclaire.cases.states import Basis, OccasionKind, ReadPage
from ligneclaire.people.states import May, PersonKind, WayIn

CHANNELS: dict[str, tuple[Promise, str]] = {
    "letter": (_("letter"), "file-earmark-text"),
    "email": (_("e-mail"), "envelope"),
    "sms": (_("text message"), "chat-left-text"),
}
WAYS: dict[WayIn, Promise] = {WayIn.CODE: _("with a code"), WayIn.PASSKEY: _("with a passkey")}

READ_PAGES: dict[ReadPage, Promise] = {
    ReadPage.RECORD: _("your record"),
    ReadPage.PREVIEW: _("a letter to come"),
    ReadPage.MESSAGE: _("a message to you"),
    ReadPage.LABEL: _("a return label"),
    ReadPage.RECEIPT: _("a receipt for equipment"),
    ReadPage.REQUEST: _("a request of yours"),
    ReadPage.RIO: _("the RIO of your contract %(contract)s, shown in full"),
    ReadPage.VISIT: _("a technician’s visit to you"),
    ReadPage.WORDS: _("an account, a card or a code in what you wrote, shown in full"),
}
BASES: dict[Basis, Promise] = {
    Basis.CASE: _("takes care of your matter %(matter)s"),
    Basis.ADVISER: _("is your adviser"),
    Basis.STAND_IN: _("stands in for your adviser"),
    Basis.QUESTION: _("departments disagreed on something that concerns you (%(matter)s)"),
    Basis.STEP: _("a step that concerns you was late"),
    Basis.REQUEST: _("looked after your request %(matter)s"),
    Basis.ENTRY: _("you had written and waited for an answer"),
    Basis.PROMISE: _("had promised you something"),
    Basis.VISIT: _("comes to you as a technician (visit %(matter)s)"),
}
OCCASIONS: dict[OccasionKind, Promise] = {
    OccasionKind.PHONE: _("said: you were on the phone"),
    OccasionKind.COUNTER: _("said: you were at the counter"),
    OccasionKind.COLLEAGUE: _("said: a colleague asked to look"),
    OccasionKind.OTHER: _("said: “%(words)s”"),
}


PERSON_KINDS: dict[PersonKind, Promise] = {
    PersonKind.GUARDIAN: _("your guardian, named by a judge"),
    PersonKind.CURATOR: _("your curator, named by a judge"),
    PersonKind.MANDATARY: _("with your written authority"),
    PersonKind.HEIR: _("heir"),
    PersonKind.NOTARY: _("notary"),
    PersonKind.HOUSEHOLD: _("of your household"),
    PersonKind.DELEGATE: _("delegate of your company"),
}
MAY: dict[May, Promise] = {
    May.EVERYTHING: _("know and ask for everything"),
    May.BILLS: _("know of bills and payments"),
    May.LINE: _("speak about the line and its faults"),
    May.ENDING: _("end contracts, and know how far that is"),
}


def language() -> str:
    """The language of the page."""
    return (get_language() or "fr")[:2]


def short_name(name: str) -> str:
    """The first name and the initial of the last; a name of one word as it is."""
    first, *others = name.split()
    return f"{first} {others[-1][0]}." if others else first


def read_page(card: ReadCard) -> str:
    """What of the record was opened."""
    return str(READ_PAGES[card.page]) % {"contract": card.contract}


def why_read(card: ReadCard) -> str:
    """What brought the adviser to the record."""
    if card.occasion:
        return str(OCCASIONS[card.occasion]) % {"words": card.words}
    return str(BASES[card.basis]) % {"matter": card.matter}
