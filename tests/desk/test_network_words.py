"""Everything that the network tells apart has a word."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils import translation

from ligneclaire.desk import network_words
from ligneclaire.network.states import Condition, DifferenceKind, ResourceKind, Seen, SiteKind, Technology, Use

CHOICES: dict[str, type[TextChoices]] = {
    "resource": ResourceKind,
    "use": Use,
    "condition": Condition,
    "site": SiteKind,
    "technology": Technology,
    "difference": DifferenceKind,
}


def test_every_choice_has_a_word() -> None:
    assert {of: set(words) for of, words in network_words.WORDS.items()} == {
        of: set(choices.values) for of, choices in CHOICES.items()
    }
    assert set(network_words.SEEN) == set(Seen.values)


def test_what_a_line_is_given_or_waits_for_is_named_with_its_day() -> None:
    with translation.override("fr"):
        said = [
            network_words.value({"kind": "pair", "resource": "63510-D4-017", "line": "K-FIX-7"}),
            network_words.value({"kind": "pair", "order": "B-1", "due_on": "2011-07-29", "line": "K-FIX-9"}),
        ]

    assert said == ["paire de cuivre 63510-D4-017", "paire de cuivre, pour le 29 juillet 2011"]
