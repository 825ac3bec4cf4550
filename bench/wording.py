"""How fast decided utterances become messages in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from time import perf_counter
from uuid import UUID

from bench.__main__ import Figure
from ligneclaire.channels.content import Content
from ligneclaire.contracts.queries.household import Holding
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.money import Money
from ligneclaire.people.queries.addressees import Addressee
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.queries.operator import OperatorCard
from ligneclaire.voice.rules.state import FollowUp, Telling, Utterance
from ligneclaire.voice.wording.compose import compose
from ligneclaire.voice.wording.context import Context

MESSAGES = 2000
TOLD: tuple[tuple[str, object], ...] = (
    ("line.taken_over_by", "other operator"),
    ("support.for_line", "other operator"),
    ("contract.ends_on", "2015-02-20"),
    ("equipment.to_return", ["box", "tv decoder"]),
    ("equipment.penalty", {"amount": "300.00", "currency": "EUR"}),
    ("equipment.days_after_formal_notice", 10),
    ("closing_bill.date", "2015-03-05"),
)


def measure() -> list[Figure]:
    """Word the full letter of story 2, in French and in English in turn."""
    began = perf_counter()
    contents(MESSAGES)
    return [
        Figure(
            what="messages composed (full termination letters)",
            value=MESSAGES / (perf_counter() - began),
            unit="messages/s",
        )
    ]


def contents(count: int) -> list[Content]:
    """So many full letters, each to another customer."""
    return [compose(_utterance(), _context(number)) for number in range(count)]


def _utterance() -> Utterance:
    return Utterance(
        uuid=UUID(int=1),
        subject="contract:K-1",
        at=datetime(2015, 2, 17, 7, 0, tzinfo=UTC),
        tellings=tuple(
            Telling(key=key, value=value, effective=None, earlier=None, facts=(place,))
            for place, (key, value) in enumerate(TOLD)
        ),
        follow_ups=(FollowUp(key="equipment.return_by", by=date(2015, 2, 25)),),
        received_by="letter",
    )


def _context(number: int) -> Context:
    adviser = AdviserCard(
        number="A-1", name="Nora Benali", phone="+33199000101", email="nora@ligneclaire.example", languages=("fr", "en")
    )
    held = Holding(
        contract="K-1",
        offer="ADSL",
        offer_name="Internet et téléphone ADSL",
        kind="fixed",
        line="+33536490201",
        since=date(2008, 4, 1),
        concluded_on=date(2008, 4, 1),
        committed_until=None,
        place="",
        price=Money.of("36.00"),
        deposit=None,
        equipment=(),
    )
    language = ("fr", "en")[number % 2]
    return Context(
        language=language,
        calendar=Calendar(),
        operator=OperatorCard(
            name="Télécom Ligne Claire",
            country="FR",
            currency="EUR",
            languages=("fr", "en"),
            phone="1090",
            address=("SERVICE CLIENTS", "TSA 10090", "59000 LILLE"),
            zone="Europe/Paris",
        ),
        addressee=Addressee(
            number=f"L-{number}",
            name=f"Mme Exemple {number}",
            language=language,
            territory="33",
            address=(f"MME EXEMPLE {number}", "14 COURS DE LA MARNE", "33000 BORDEAUX"),
            mobile="+33639980201",
            email="exemple@example.org",
            adviser=adviser,
            backup=adviser,
            present=adviser,
            absent_until=None,
        ),
        household=(held, replace(held, contract="K-2", offer_name="Mobile Pro Europe", kind="mobile")),
        ending=frozenset({"K-1"}),
        reference="LC-7K2M-9QX4",
    )
