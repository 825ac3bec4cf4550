"""What stands of the topics of one subject, for plans that depend on it: weighed by the same rules as what is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ligneclaire.flow.plan import Heard, Stands
from ligneclaire.network.facts import GIVEN
from ligneclaire.voice.rules.sift import sift
from ligneclaire.voice.rules.standing import stand
from ligneclaire.voice.rules.state import Rules, State, Stated
from ligneclaire.voice.topics import TOPICS


def weigh(heard: Sequence[Heard], *, rules: Rules) -> Mapping[str, Stands]:
    """The standing value of each topic, with everything that was said of it and may still speak.

    What the records gave to lines stands as it was recorded.
    """
    sifted = sift(State(customer="", rules=rules), [_stated(fact) for fact in heard])
    known = {(fact.source, fact.source_id): fact for fact in heard}
    found: dict[str, Stands] = {}
    for key, live in sifted.live.get(SUBJECT, {}).items():
        standing = stand(TOPICS[key], live, sifted.settlements.get((SUBJECT, key), {}))
        found[key] = Stands(
            value=standing.value,
            effective=standing.effective,
            is_contested=standing.is_contested,
            said=tuple(known[fact.source, fact.source_id] for fact in sorted(live, key=lambda fact: fact.order)),
        )
    if given := tuple(
        sorted((fact for fact in heard if fact.kind == GIVEN), key=lambda fact: (fact.at, fact.source_id))
    ):
        found[GIVEN] = Stands(value=given[-1].value, effective=None, said=given)
    return found


SUBJECT = ""  # the one they are all about


def _stated(fact: Heard) -> Stated:
    return Stated(
        id=fact.id,
        source=fact.source,
        source_id=fact.source_id,
        kind=fact.kind,
        subject=SUBJECT,
        value=fact.value,
        effective=fact.effective,
        at=fact.at,
        recorded_at=fact.recorded_at,
    )
