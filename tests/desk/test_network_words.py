"""Everything that the network tells apart has a word."""

from __future__ import annotations

from django.db.models import TextChoices

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
