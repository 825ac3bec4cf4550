"""Words for tests of the wording: the Lenoirs, what is told to them, and the message as one text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from ligneclaire.channels.content import Content
from ligneclaire.contracts.queries.household import HeldEquipment, Holding
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.money import Money
from ligneclaire.people.queries.addressees import Addressee
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.queries.operator import OperatorCard
from ligneclaire.voice.rules.state import FollowUp, Stated, Telling, Told, Utterance
from ligneclaire.voice.wording.compose import compose
from ligneclaire.voice.wording.context import Context

CALENDAR = Calendar()
ADSL = "contract:K-ADSL-1"
ANY = UUID(int=1)
NORA = AdviserCard(
    number="A-1", name="Nora Benali", phone="+33199000101", email="nora.benali@ligneclaire.example", languages=("fr",)
)
HUGO = AdviserCard(
    number="A-2", name="Hugo Marchand", phone="+33199000102", email="hugo.marchand@ligneclaire.example", languages=()
)
OPERATOR = OperatorCard(
    name="Télécom Ligne Claire",
    country="FR",
    currency="EUR",
    languages=("fr", "en"),
    phone="1090",
    address=("TELECOM LIGNE CLAIRE", "SERVICE CLIENTS", "TSA 10090", "59000 LILLE"),
    zone="Europe/Paris",
)


def holding(number: str, offer: str, line: str, since: str, *, place: str = "", things: str = "") -> Holding:
    """A contract; `things` are "kind serial" pairs, parted by commas."""
    equipment = [thing.rpartition(" ") for thing in things.split(",") if thing]
    return Holding(
        contract=number,
        offer=offer,
        offer_name=offer,
        kind="fixed",
        line=line,
        since=date.fromisoformat(since),
        concluded_on=date.fromisoformat(since),
        committed_until=None,
        place=place,
        price=Money.of("10.00"),
        deposit=None,
        equipment=tuple(HeldEquipment(kind=kind, serial=serial) for kind, _, serial in equipment),
    )


HOUSEHOLD = (
    holding("K-FIX-3", "Ligne fixe", "+33536490202", "2001-09-01", place="résidence secondaire, 33120 Arcachon"),
    holding("K-MOB-2", "Mobile Pro Europe", "+33639980201", "2005-01-10"),
    holding(
        "K-ADSL-1",
        "Internet et téléphone ADSL",
        "+33536490201",
        "2008-04-01",
        things="box LB-4471-0093,tv decoder TV-2210-7781",
    ),
)


def a_customer(
    *,
    name: str = "M. et Mme Lenoir",
    address: tuple[str, ...] = ("M ET MME LENOIR", "14 COURS DE LA MARNE", "33000 BORDEAUX"),
    present: AdviserCard = NORA,
    absent_until: date | None = None,
) -> Addressee:
    """The Lenoirs, whose adviser is Nora."""
    return Addressee(
        number="C-2001",
        name=name,
        language="fr",
        territory="33",
        address=address,
        mobile="+33639980201",
        email="lenoir@example.org",
        adviser=NORA,
        backup=HUGO,
        present=present,
        absent_until=absent_until,
    )


def a_context(
    *,
    language: str = "fr",
    addressee: Addressee | None = None,
    household: tuple[Holding, ...] = HOUSEHOLD,
    ending: frozenset[str] = frozenset({"K-ADSL-1"}),
) -> Context:
    """What a message to the Lenoirs needs to know besides what it says."""
    return Context(
        language=language,
        calendar=CALENDAR,
        operator=OPERATOR,
        addressee=addressee or a_customer(),
        household=household,
        ending=ending,
        reference="LC-7K2M-9QX4",
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _eight(day: str) -> datetime:
    return datetime.fromisoformat(f"{day} 08:00").replace(tzinfo=CALENDAR.tz)


def telling(
    key: str, value: object, *, effective: str = "", before: object = None, since: str = "", told: str = "2015-02-11"
) -> Telling:
    """A topic told, after `before` (effective `since`) was told on a day."""
    earlier = (
        None
        if before is None
        else Told(utterance=ANY, at=_eight(told), subject=ADSL, key=key, value=before, effective=_day(since))
    )
    return Telling(key=key, value=value, effective=_day(effective), earlier=earlier, facts=())


def says(
    *tellings: Telling,
    later: dict[str, str] | None = None,
    on: str = "2015-02-17",
    received_by: str = "",
    about: str = ADSL,
    request: Stated | None = None,
    known: dict[str, object] | None = None,
    **context: object,
) -> Content:
    """The message that tells all this; `known` was told earlier and is still so."""
    utterance = Utterance(
        uuid=ANY,
        subject=about,
        at=_eight(on),
        tellings=tellings,
        follow_ups=tuple(FollowUp(key=key, by=date.fromisoformat(by)) for key, by in (later or {}).items()),
        received_by=received_by,
        request=request,
        known=known or {},
    )
    return compose(utterance, a_context(**context))  # type: ignore[arg-type]  # passed on by name


AMOUNT = {"amount": "5.00", "currency": "EUR"}
REQUEST = telling("termination.requested", {"received_by": "letter", "requested_on": "2015-02-09"})
ENDS = telling("contract.ends_on", "2015-02-20")
BILL = telling("closing_bill.date", "2015-03-05")
BOX = telling("equipment.to_return", ["box"])
DAYS = telling("equipment.days_after_formal_notice", 10)
PENALTY = telling("equipment.penalty", {"amount": "300.00", "currency": "EUR"})
TAKEN_OVER = telling("line.taken_over_by", "other operator", effective="2015-02-13")
SUPPORT = telling("support.for_line", "other operator", effective="2015-02-13")
WAYS = ("equipment.return_by", "equipment.return_how")


def section(content: Content, title: str) -> tuple[str, ...]:
    """The lines of the section with this title; none when there is none."""
    return next((section.lines for section in content.sections if section.title == title), ())


def text(content: Content) -> str:
    """The whole message as a customer reads it."""
    return "\n".join(_lines(content)) + "\n"


def _lines(content: Content) -> Iterator[str]:
    yield from (content.dated, *(f"{it.name} : {it.value}" for it in content.details), "")
    yield from (f"# {content.subject}", "", content.salutation, "")
    for paragraph in content.opening:
        yield from (paragraph, "")
    if content.changes:
        yield from (f"## {content.changes.title}", *(f"- {line}" for line in content.changes.lines), "")
    if content.todo:
        yield from (f"## {content.todo_title}", *(_dated(todo.by, todo.what) for todo in content.todo), "")
    if content.steps:
        yield from (f"## {content.steps_title}", *(_dated(step.when, step.what) for step in content.steps), "")
    for section in content.sections:
        yield from (f"## {section.title}", *(f"- {line}" for line in section.lines), "")
    for paragraph in content.closing:
        yield from (paragraph, "")
    yield from (content.contact.name, content.contact.role, content.contact.phone, content.contact.email)
    yield from (*content.contact.postal, content.reference)
    if content.rights:
        yield from ("", f"## {content.rights.title}", *(f"- {line}" for line in content.rights.lines))


def _dated(when: str, what: str) -> str:
    return f"- [{when}] {what}" if when else f"- {what}"
