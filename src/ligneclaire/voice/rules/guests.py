"""What somebody who ended a contract without signing in is answered, besides what their contract's holder is told."""

from __future__ import annotations

import enum

MOST_IN_AN_HOUR = 3  # to one address, so that nobody fills a stranger's mailbox through our form


class Answer(enum.StrEnum):
    """What there is to say to an address that we may not know."""

    RECEIVED = "received"
    UNFOUNDED = "unfounded"


def is_to_answer(answer: Answer, *, typed: str, acknowledged_to: str | None, is_rejected: bool, lately: int) -> bool:
    """Whether an answer goes to the e-mail address that a guest typed.

    A receipt does not go where the acknowledgement of the same request goes (C. conso. L215-1-1); otherwise it goes
    always, so that nobody learns from it whether we found a contract.
    """
    if not typed or lately > MOST_IN_AN_HOUR:
        return False
    if answer is Answer.UNFOUNDED:
        return is_rejected
    return acknowledged_to is None or acknowledged_to.casefold() != typed.casefold()
