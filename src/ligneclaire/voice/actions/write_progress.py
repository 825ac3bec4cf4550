"""Write what was decided for a set of customers: outcomes, utterances, promises, questions, messages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ligneclaire.cases.actions.ask_owners import Asked, ask_owners
from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.queries.cards import CaseCard
from ligneclaire.cases.states import CaseKind
from ligneclaire.contracts.queries.household import Holding
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.canonical import digest
from ligneclaire.kernel.rows import append
from ligneclaire.people.queries import owners
from ligneclaire.promises.actions.write_pledges import write_pledges
from ligneclaire.voice.actions.write_messages import Spoken, write_messages
from ligneclaire.voice.models import Outcome, Told, Utterance
from ligneclaire.voice.rules import state as core
from ligneclaire.voice.rules.addressing import addressee
from ligneclaire.voice.rules.advance import Progress
from ligneclaire.voice.rules.sift import contested
from ligneclaire.voice.topics import LEAVING, TOPICS

REASON = 200

Cases = Mapping[tuple[str, str], CaseCard]


@transaction.atomic
def write_progress(
    *,
    progress: Mapping[str, Progress],
    before: Mapping[str, core.State],
    held: Mapping[str, tuple[Holding, ...]],
    by: Actor,
    at: datetime,
) -> None:
    """Write decisions; the caller holds the customers, so that nobody else decides for them meanwhile."""
    decided = {key: step for key, step in progress.items() if step.moving is not None}
    needs = _needs(decided)
    cases = open_cases(needs=needs, by=by, at=at) if needs else {}
    _write_utterances(decided, cases)
    _write_outcomes(decided)
    changed = {
        key: [pledge for pledge in step.state.pledges if pledge not in before[key].pledges]
        for key, step in decided.items()
        if step.state.pledges != before[key].pledges
    }
    write_pledges(pledges=changed, by=by, at=at)
    ask_owners(contested=_asked(decided, cases), customers=list(decided), by=by, at=at)
    spoken = [
        Spoken(customer=key, case=cases[key, utterance.subject], utterance=utterance, state=step.state)
        for key, step in decided.items()
        for utterance in step.utterances
    ]
    write_messages(spoken=spoken, held=held, by=by, at=at)


def _needs(decided: Mapping[str, Progress]) -> dict[tuple[str, str], Need]:
    """A subject of which there is something to say, or to settle, needs a case and so an owner."""
    subjects = {(key, subject) for key, step in decided.items() for subject in _subjects(step)}
    begun = {(key, subject): _begun(decided[key].state, subject) for key, subject in sorted(subjects)}
    meant = {(key, subject): addressee(decided[key].state, at=at) for (key, subject), at in begun.items()}
    owner_of = owners.under(set(meant.values()))
    return {
        (key, subject): _need(decided[key].state, subject, owner_of[meant[key, subject]], at)
        for (key, subject), at in begun.items()
    }


def _subjects(step: Progress) -> set[str]:
    said = {utterance.subject for utterance in step.utterances}
    return said | {found.subject for found in step.contradictions} | {hold.subject for hold in step.holds}


def _begun(state: core.State, subject: str) -> datetime:
    return min(fact.recorded_at for fact in state.facts if fact.subject == subject)


def _need(state: core.State, subject: str, owner: str, at: datetime) -> Need:
    leaving = any(fact.kind in LEAVING for fact in state.facts if fact.subject == subject)
    return Need(kind=CaseKind.TERMINATION if leaving else CaseKind.NOTICE, owner=owner, opened_at=at)


def _write_utterances(decided: Mapping[str, Progress], cases: Cases) -> None:
    rows = [
        _utterance(key, utterance, step.state, cases) for key, step in decided.items() for utterance in step.utterances
    ]
    Utterance.objects.bulk_create(rows)
    append(
        Told,
        ("utterance_id", "place", "customer", "subject", "key", "value", "effective", "earlier", "facts"),
        (
            (
                utterance.uuid,
                place,
                key,
                utterance.subject,
                telling.key,
                json.dumps(telling.value),
                telling.effective,
                _earlier(telling),
                json.dumps(telling.facts),
            )
            for key, step in decided.items()
            for utterance in step.utterances
            for place, telling in enumerate(utterance.tellings)
        ),
    )


def _earlier(telling: core.Telling) -> str | None:
    told = telling.earlier
    return json.dumps({"value": told.value, "utterance": str(told.utterance)}) if told else None


def _utterance(key: str, utterance: core.Utterance, state: core.State, cases: Cases) -> Utterance:
    # The same may be said again for good reason, after something else was said or only proposed in between.
    before = [str(t.utterance) for t in state.told if t.subject == utterance.subject and t.at < utterance.at]
    told = [[telling.key, telling.says, list(telling.facts)] for telling in utterance.tellings]
    return Utterance(
        uuid=utterance.uuid,
        customer=key,
        subject=utterance.subject,
        case=cases[key, utterance.subject].survivor,
        at=utterance.at,
        mode=state.rules.mode_at(utterance.at),
        digest=digest([utterance.subject, before[-1:], told]),
    )


def _write_outcomes(decided: Mapping[str, Progress]) -> None:
    append(
        Outcome,
        ("fact_id", "customer", "end", "reason", "utterance_id", "by_fact_id", "at"),
        (
            (
                outcome.fact,
                None if key.startswith("source:") else key,
                outcome.end,
                outcome.reason[:REASON],
                outcome.utterance,
                outcome.by_fact,
                ended_at,
            )
            for key, step in decided.items()
            for ended_at, outcome in step.ended
        ),
    )


def _asked(decided: Mapping[str, Progress], cases: Cases) -> dict[tuple[str, str, str], Asked]:
    return {
        (key, found.subject, found.key): Asked(
            claims=tuple({"value": claim.value, "sources": list(claim.sources)} for claim in found.claims),
            digest=digest(sorted(contested(TOPICS[found.key], [claim.value for claim in found.claims]))),
            reference=cases[key, found.subject].reference,
            asked_at=found.since,
        )
        for key, step in decided.items()
        for found in step.contradictions
    }
