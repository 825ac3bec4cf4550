"""What is recorded is offered to whoever subscribed, in the same transaction, and goes on until it is taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from builders import a_world, refused_by
from ligneclaire.cases.actions.close_case import close_case
from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.actions.reopen_case import reopen_case
from ligneclaire.cases.states import CaseKind
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.hooks.actions.note_posting import note_posting
from ligneclaire.hooks.actions.pause_subscription import PausedAlready, pause_subscription
from ligneclaire.hooks.actions.replay_postings import NothingToReplay, SubscriptionPaused, replay_postings
from ligneclaire.hooks.actions.resume_subscription import NotPaused, resume_subscription
from ligneclaire.hooks.actions.subscribe import AddressUnfit, KindsUnfit, NameUnfit, subscribe
from ligneclaire.hooks.actions.unsubscribe import unsubscribe
from ligneclaire.hooks.jobs import LANES
from ligneclaire.hooks.models import Posting, Subscription
from ligneclaire.hooks.queries import postings, subscriptions
from ligneclaire.hooks.queries.subscriptions import SubscriptionUnknown
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.refusal import Refused
from ligneclaire.ops.worker import CREWS
from ligneclaire.promises.actions.write_pledges import write_pledges
from ligneclaire.promises.rules import Matter, Pledge, PledgeState

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
BY: dict[str, Any] = {"by": SYSTEM, "at": NOW}


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def crm(*kinds: str, name: str = "crm", url: str = "https://crm.example/in") -> None:
    subscribe(name=name, url=url, kinds=kinds or ("*",), **BY)


def stated(name: str = "e1", kind: str = "closing_bill.date", *, at: datetime = NOW) -> None:
    fact = Statement(
        source="billing",
        source_id=name,
        kind=kind,
        customer="C-2001",
        subject="contract:K-ADSL-1",
        value="2015-03-05",
        effective=None,
        at=NOW,
    )
    record([fact], by=SYSTEM, at=at)


def offered(name: str = "crm") -> list[tuple[str, str, int, str]]:
    """What a subscription is or was to be told, oldest first."""
    found = reversed(postings.newest(name, limit=20))
    return [(card.source_id, str(card.state), card.tries, card.answer) for card in found]


def jobs() -> list[tuple[str, int, int]]:
    """The jobs of postings: which fact, tried how often, due in how many seconds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT source_id, (args->>'tried')::int, COALESCE(round(extract(epoch FROM scheduled_at - now())), 0)"
            " FROM procrastinate_jobs JOIN hooks_posting ON uuid::text = args->>'posting'"
            " WHERE task_name = 'api.post_hook' AND queue_name LIKE 'hooks-%' ORDER BY procrastinate_jobs.id"
        )
        return [(name, tried, int(due)) for name, tried, due in cursor.fetchall()]


def the_posting() -> UUID:
    return Posting.objects.get().uuid


def answered(status: int | None, text: str = "", *, tried: int = 0, at: datetime = NOW) -> None:
    note_posting(posting=the_posting(), tried=tried, status=status, answer=text, by=SYSTEM, at=at)


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        (["*"], ["e1", "e2", "e3"]),
        (["closing_bill.date"], ["e1"]),
        (["closing_bill.*"], ["e1", "e2"]),
        (["closing_bill.*", "closing_bill.date"], ["e1", "e2"]),
        (["closing.*", "closing_bill", "clos_ng_bill.*"], []),
    ],
)
def test_a_subscription_is_told_what_it_asked_for_once(kinds: list[str], told: list[str]) -> None:
    crm(*kinds)
    facts = {"e1": "closing_bill.date", "e2": "closing_bill.amount", "e3": "refund.amount"}

    for name, kind in [*facts.items(), *facts.items()]:
        stated(name, kind)

    assert offered() == [(name, "waiting", 0, "") for name in told]
    assert jobs() == [(name, 0, 0) for name in told]


def test_each_subscription_has_its_own_postings() -> None:
    crm()
    crm("refund.*", name="erp")
    crm(name="dwh")

    stated()

    assert (len(offered()), offered("erp"), len(offered("dwh"))) == (1, [], 1)


def test_all_that_goes_to_a_subscription_is_in_one_queue_with_one_hand() -> None:
    for number in range(len(LANES) + 1):
        crm(name=f"crm-{number}")
    stated("e1")
    stated("e2")
    last = Posting.objects.filter(subscription__name="crm-0").latest("id")
    note_posting(posting=last.uuid, tried=0, status=503, answer="later", by=SYSTEM, at=NOW)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subscription_id, array_agg(DISTINCT queue_name), count(*)"
            " FROM procrastinate_jobs JOIN hooks_posting ON uuid::text = args->>'posting' GROUP BY 1 ORDER BY 1"
        )
        found = cursor.fetchall()

    lanes = [lane for _, [lane], _ in found]
    assert set(lanes) == set(LANES)
    assert lanes[0] == lanes[len(LANES)]
    assert [count for *_, count in found] == [3, 2, 2, 2, 2]
    hooks = [crew for crew in CREWS if set(crew.queues) & set(LANES)]
    assert [(crew.queues, crew.hands) for crew in hooks] == [((lane,), 1) for lane in LANES]


def test_a_case_is_told_when_it_is_opened_closed_and_opened_again() -> None:
    crm("cases.*")
    need = Need(kind=CaseKind.NOTICE, owner="A-1", opened_at=NOW)
    key = ("C-2001", "contract:K-ADSL-1")
    reference = open_cases(needs={key: need}, **BY)[key].reference
    open_cases(needs={key: need}, **BY)
    close_case(reference=reference, note="settled", **BY)
    reopen_case(reference=reference, note="", by=SYSTEM, at=NOW + SECOND)

    told = list(Posting.objects.order_by("id").values_list("kind", "source", "subject", "state"))
    subject = f"C-2001/{reference}"
    assert told == [
        ("cases.opened", "cases", subject, "waiting"),
        ("cases.closed", "cases", subject, "waiting"),
        ("cases.opened", "cases", subject, "waiting"),
    ]
    assert len(jobs()) == 3


def test_a_promise_is_told_when_it_is_given_and_when_its_state_changes() -> None:
    crm("promises.*")
    pause_subscription(name="crm", because="on holiday", **BY)
    given = Pledge(
        subject="contract:K-ADSL-1",
        key="closing_bill.date",
        matter=Matter.VALUE,
        value="2026-07-01",
        due_on=date(2026, 7, 1),
        made_by=UUID(int=1),
        made_at=NOW,
        state=PledgeState.OPEN,
        closed_at=None,
    )
    for pledge in (given, given, replace(given, state=PledgeState.KEPT, closed_at=NOW)):
        write_pledges(pledges={"C-2001": [pledge]}, **BY)

    told = list(Posting.objects.order_by("id").values_list("kind", "source", "subject", "state"))
    assert told == [
        ("promises.given", "promises", "C-2001/K-ADSL-1", "held"),
        ("promises.kept", "promises", "C-2001/K-ADSL-1", "held"),
    ]
    assert jobs() == []


def test_what_is_not_recorded_is_not_offered() -> None:
    crm()

    with transaction.atomic():
        stated()
        transaction.set_rollback(True)

    assert (offered(), jobs()) == ([], [])


def test_what_was_taken_is_over() -> None:
    crm()
    stated()

    answered(204)

    assert offered() == [("e1", "delivered", 1, "204")]
    assert jobs() == [("e1", 0, 0)]


def test_what_was_not_taken_is_tried_again_later_and_later() -> None:
    crm()
    stated()

    answered(503, "503 busy")
    answered(None, "TimeoutError", tried=1, at=NOW + SECOND)

    assert offered() == [("e1", "waiting", 2, "TimeoutError")]
    assert [(name, tried) for name, tried, _ in jobs()] == [("e1", 0), ("e1", 1), ("e1", 2)]
    assert [abs(due - wanted) <= 2 for (_, _, due), wanted in zip(jobs()[1:], (5, 20), strict=True)] == [True, True]


def test_an_answer_to_an_earlier_try_changes_nothing() -> None:
    crm()
    stated()
    answered(503, "503")

    answered(200)

    assert offered() == [("e1", "waiting", 1, "503")]


@pytest.mark.parametrize(
    ("status", "at", "said"), [(500, NOW + 3 * DAY, "500 broken"), (410, NOW + SECOND, "410 gone")]
)
def test_after_three_days_or_when_the_other_system_is_gone_the_subscription_rests(
    status: int, at: datetime, said: str
) -> None:
    crm()
    stated()
    answered(500, "500")

    answered(status, said, tried=1, at=at)
    stated("e2", at=at)

    assert offered() == [("e1", "given up", 2, said), ("e2", "held", 0, "")]
    [card] = subscriptions.listed()
    assert (card.paused_at, card.paused_because, card.waiting) == (at, f"given up: {said}", 1)
    assert [name for name, _, _ in jobs()] == ["e1", "e1"]


def test_what_is_held_back_goes_when_it_is_resumed() -> None:
    crm()
    stated()
    pause_subscription(name="crm", because="on holiday", **BY)
    stated("e2")
    assert offered() == [("e1", "held", 0, ""), ("e2", "held", 0, "")]
    assert postings.to_send(Posting.objects.get(source_id="e1").uuid, tried=0) is None

    assert resume_subscription(name="crm", **BY) == 2

    assert offered() == [("e1", "waiting", 0, ""), ("e2", "waiting", 0, "")]
    assert [name for name, _, _ in jobs()] == ["e1", "e1", "e2"]
    assert subscriptions.listed()[0].paused_at is None


def test_events_are_sent_again_by_id_or_by_time() -> None:
    crm()
    for hours in range(3):
        stated(f"e{hours}", at=NOW + timedelta(hours=hours))
    for row in Posting.objects.all():
        note_posting(posting=row.uuid, tried=0, status=200, answer="", **BY)
    [first] = Posting.objects.filter(source_id="e0")

    def again(**meant: Any) -> int:
        return replay_postings(name="crm", **{"posting": None, "since": None, "until": None} | meant, **BY)

    assert again(posting=first.uuid) == 1
    assert again(since=NOW + timedelta(hours=1), until=NOW + timedelta(hours=2)) == 1
    assert offered() == [("e0", "waiting", 0, ""), ("e1", "waiting", 0, ""), ("e2", "delivered", 1, "200")]
    assert [name for name, _, _ in jobs()][3:] == ["e0", "e1"]
    assert Posting.objects.get(source_id="e0").uuid == first.uuid
    with pytest.raises(NothingToReplay):
        again(posting=UUID(int=1))
    pause_subscription(name="crm", because="on holiday", **BY)
    with pytest.raises(SubscriptionPaused):
        again(since=NOW)


def test_a_subscription_that_ends_is_forgotten() -> None:
    crm()
    stated()

    unsubscribe(name="crm", **BY)

    assert (subscriptions.listed(), Posting.objects.count()) == ((), 0)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"name": ""}, NameUnfit),
        ({"name": "CRM"}, NameUnfit),
        ({"name": "taken"}, NameUnfit),
        ({"url": "http://crm.example"}, AddressUnfit),
        ({"kinds": []}, KindsUnfit),
        ({"kinds": ["closing_bill.date", "%"]}, KindsUnfit),
        ({"kinds": ["*.date"]}, KindsUnfit),
    ],
)
def test_a_subscription_that_cannot_be_is_refused(given: dict[str, Any], refusal: type[Refused]) -> None:
    crm(name="taken")

    with pytest.raises(refusal):
        subscribe(**{"name": "crm", "url": "https://crm.example", "kinds": ["*"]} | given, **BY)

    assert [card.name for card in subscriptions.listed()] == ["taken"]


def test_what_is_not_there_or_is_so_already_is_refused() -> None:
    crm()
    with pytest.raises(NotPaused):
        resume_subscription(name="crm", **BY)
    pause_subscription(name="crm", because="", **BY)
    with pytest.raises(PausedAlready):
        pause_subscription(name="crm", because="again", **BY)
    with pytest.raises(SubscriptionUnknown):
        resume_subscription(name="erp", **BY)
    with pytest.raises(SubscriptionUnknown):
        unsubscribe(name="erp", **BY)


def a_subscription(**changes: Any) -> Subscription:
    given = {"name": "a", "url": "https://a.example", "kinds": ["*"], "seed": UUID(int=1), "made_by": "x"}
    return Subscription.objects.create(**given | {"made_at": NOW} | changes)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("subscription_has_a_name", {"name": ""}),
        ("subscription_is_protected", {"url": "http://a.example"}),
        ("subscription_is_protected", {"url": "http://localhost@a.example"}),
        ("subscription_wants_something", {"kinds": []}),
        ("subscription_paused_because", {"paused_at": NOW}),
        ("subscription_paused_because", {"paused_because": "x"}),
    ],
)
def test_the_database_knows_what_a_subscription_is(constraint: str, changes: dict[str, Any]) -> None:
    with refused_by(constraint):
        a_subscription(**changes)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("posting_state_known", {"state": "lost"}),
        ("posting_over_has_an_end", {"state": "delivered"}),
        ("posting_over_has_an_end", {"ended_at": NOW}),
        ("posting_tried_since", {"tries": 1, "answer": "500"}),
        ("posting_tried_since", {"tries": 1, "begun_at": NOW}),
        ("posting_once", {}),
    ],
)
def test_the_database_knows_what_a_posting_is(constraint: str, changes: dict[str, Any]) -> None:
    given = {"subscription": a_subscription(), "source": "billing", "source_id": "e1", "kind": "x", "tries": 0}
    row = given | {"uuid": UUID(int=1), "recorded_at": NOW, "state": "waiting"}
    if not changes:
        Posting.objects.create(**row)

    with refused_by(constraint):
        Posting.objects.create(**row | {"uuid": UUID(int=2)} | changes)
