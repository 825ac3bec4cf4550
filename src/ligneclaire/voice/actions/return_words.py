"""The words of a message that was handed in are where their author writes on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.voice.actions.write_message import Words
from ligneclaire.voice.models import Review, Writing


@transaction.atomic
def return_words(*, review: UUID, by: Actor, at: datetime) -> None:
    """Keep them as a writing of their author, whoever gives them back; one that is there stays as it was typed."""
    row = Review.objects.get(uuid=review)
    words = Words.from_json(row.words)
    Writing.objects.get_or_create(
        uuid=row.message,
        defaults={
            "customer": row.customer,
            "adviser": row.author,
            "answers": words.answers,
            "fields": words.as_typed(),
            "changed_at": at,
        },
    )
