"""The two languages say the same, in the spelling their readers expect."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.wording.texts import LANGUAGES, Texts, flat, texts

FR, EN = texts("fr"), texts("en")
KEYS = sorted(FR.keys())


def places(words: Texts, key: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words.pattern(key)) if name is not None}


def test_both_languages_have_the_same_keys() -> None:
    assert FR.keys() == EN.keys()


def test_both_languages_fill_in_the_same_places() -> None:
    assert [key for key in KEYS if places(FR, key) != places(EN, key)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_has_a_name(language: str) -> None:
    assert [key for key in TOPICS if not texts(language).has(f"{key}.name")] == []


def test_french_has_its_own_spaces_and_apostrophes() -> None:
    wrong = re.compile(r"[^\u202f][;!?]|[^\u00a0][:»]|«[^\u00a0]|['\"]|\.\.\.")

    assert [text for key in KEYS if wrong.search(text := FR.pattern(key))] == []


def test_english_has_none_of_them() -> None:
    wrong = re.compile(r"\s[;:!?]|['\"«»]|\.\.\.")

    assert [text for key in KEYS if wrong.search(text := EN.pattern(key))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_shouts(language: str) -> None:
    words = {word for key in KEYS for word in re.findall(r"[^\W\d_]{2,}", texts(language).pattern(key))}

    theirs = {"STOP", "SMS", "REPRENDRE"} if language == "fr" else {"STOP", "START"}  # as a telephone types them
    assert {word for word in words if word.isupper()} == {"QR", "RIO", "SIM", "TV"} | theirs


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_sells_or_sends_away_or_promises_without_a_date(language: str) -> None:
    never = re.compile(
        r"ne (?:nous |m’)?(?:appelez|téléphonez)|do(?: not|n’t) call|suivra|will follow|offres|offers|profitez|enjoy",
        re.IGNORECASE,
    )

    assert [text for key in KEYS if never.search(text := texts(language).pattern(key))] == []


def test_a_language_that_nobody_writes_is_french() -> None:
    assert texts("es").language == "fr"
    assert texts("es").keys() == FR.keys()


@pytest.mark.parametrize(
    ("language", "count", "text"), [("fr", 0, "0 jour"), ("fr", 1, "1 jour"), ("fr", 2, "2 jours"), ("en", 0, "0 days")]
)
def test_each_language_counts_in_its_way(language: str, count: int, text: str) -> None:
    assert texts(language).count("things.days", count, count=str(count)) == text


def test_a_text_that_is_no_text_is_named() -> None:
    with pytest.raises(TypeError, match=r"^labels\.page: expected a text$"):
        dict(flat({"labels": {"page": 1}}))
