"""A customer says in which language they want to be spoken to."""

from __future__ import annotations

from datetime import datetime

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Customer
from ligneclaire.people.queries import operator


class LanguageNotSpoken(Refused):
    """The operator does not speak this language."""


def choose_language(*, customer: str, language: str, by: Actor, at: datetime) -> None:
    """Keep the language that a customer chose; it counts before the one that an import says."""
    if language not in operator.current().languages:
        raise LanguageNotSpoken(language=language)
    Customer.objects.filter(number=customer).update(chosen_language=language, changed_by=str(by), changed_at=at)
