"""What mail servers report of our e-mails after they took them (RFC 3464): by recipient, what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from ligneclaire.channels.states import Fate

MOST_REPORTED = 50
LONGEST_WORDS = 500
FATES = {
    "failed": Fate.FAILED,
    "delayed": Fate.DELAYED,
    "delivered": Fate.DELIVERED,
    "relayed": Fate.DELIVERED,
    "expanded": Fate.DELIVERED,
}
# A code of RFC 3463 behind the reply that it explains; "#5.1.0" is how one maker writes it.
EXPLAINED = re.compile(r"\b[245]\d\d[ -]#?([245]\.\d{1,3}\.\d{1,3})\b")
# There is no such mailbox, no such domain, or nobody reads it any more. Full, forbidden or away is something else.
BAD_ADDRESS = {"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What became of an e-mail to one recipient, under each address that the report names them by."""

    addresses: frozenset[str]
    fate: Fate
    words: str


def reported(mail: Message) -> tuple[Reported, ...]:
    """What a delivery report says, recipient by recipient; nothing of any other e-mail."""
    if mail.get_content_type() != "multipart/report":
        return ()
    blocks = (
        block for part in mail.walk() if part.get_content_type() == "message/delivery-status" for block in _in(part)
    )
    found = [one for block in blocks if (one := _one(block))]
    return tuple(found[:MOST_REPORTED])


def names_bad_address(words: str) -> bool:
    """Whether a server's words say that there is no such address, and not only that it did not take an e-mail."""
    found = EXPLAINED.search(words)
    code = found[1] if found else words.partition(" ")[0]
    return code in BAD_ADDRESS


def _in(part: Message) -> Iterator[Message]:
    inside = part.get_payload()
    if isinstance(inside, list):
        yield from (block for block in inside if isinstance(block, Message))


def _one(block: Message) -> Reported | None:
    """A group of lines about a recipient; the first group is about the whole."""
    said = {name.lower(): " ".join(str(value).split()) for name, value in block.raw_items()}
    fate = FATES.get(said.get("action", "").lower())
    named = {_typed(said.get(name, "")).strip("<>").lower() for name in ("final-recipient", "original-recipient")}
    if fate is None or not (addresses := frozenset(named - {""})):
        return None
    status = said.get("status", "").partition(" ")[0]
    words = _typed(said.get("diagnostic-code", ""))
    return Reported(
        addresses=addresses,
        fate=fate,
        words=(words if EXPLAINED.search(words) else f"{status} {words}").strip()[:LONGEST_WORDS],
    )


def _typed(value: str) -> str:
    """The value behind its type, such as `rfc822; lenoir@example.org`."""
    kind, sign, rest = value.partition(";")
    return (rest if sign else kind).strip()
