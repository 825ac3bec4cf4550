"""The two letters of the five goodbyes, word for word, as facts lead to them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from ligneclaire.voice.rules.state import Stated, Utterance
from ligneclaire.voice.wording.compose import compose
from voice.gate import settled, until
from voice.letters import a_context, text

GOLDEN = Path(__file__).parent / "golden"
STORY = Path(__file__).resolve().parents[2] / "stories" / "2-five-goodbyes.jsonl"


def facts() -> Iterator[Stated]:
    lines = dict.fromkeys(STORY.read_text(encoding="utf-8").splitlines())
    for number, event in enumerate(map(json.loads, lines), start=1000):
        body, at = event["data"], datetime.fromisoformat(event["at"])
        is_fact = event["event"] == "fact"
        yield Stated(
            id=number,
            source=event["source"],
            source_id=event["id"],
            kind=body["key"] if is_fact else event["event"],
            subject=f"contract:{event['contract']}",
            value=body["value"] if is_fact else body,
            effective=date.fromisoformat(body["effective"]) if "effective" in body else None,
            at=at,
            recorded_at=at,
        )


def utterances() -> tuple[Utterance, ...]:
    ten_days = settled("equipment.days_after_formal_notice", [7, 10], 10, "2015-02-15 12:00")
    return until("2015-02-22 12:00", *facts(), ten_days, with_equipment=["contract:K-ADSL-1"]).utterances


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("place", "name"), [(0, "receipt"), (1, "goodbye")])
def test_the_five_goodbyes_become_a_receipt_and_one_letter(place: int, name: str, language: str) -> None:
    said = utterances()

    assert len(said) == 2
    written = text(compose(said[place], a_context(language=language)))
    assert written == (GOLDEN / f"{name}.{language}.txt").read_text(encoding="utf-8")
