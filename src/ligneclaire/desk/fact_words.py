"""Facts in words: what one is about, and what it says."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ligneclaire.cases.facts import LETTER_RETURNED
from ligneclaire.contracts.facts import REASON_DECIDED
from ligneclaire.desk import network_words, visit_words
from ligneclaire.desk.words import RETURNS, SPOKEN_STATES, language
from ligneclaire.people.facts import ADDRESSING, CUSTOMER_MERGED, CUSTOMER_UNMERGED
from ligneclaire.promises.facts import PROMISE_CLOSED
from ligneclaire.promises.rules import Matter, Pledge
from ligneclaire.voice.rules.state import SETTLEMENT, WITHDRAWAL
from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.values import Takes
from ligneclaire.voice.wording import explain

OTHER_KINDS: dict[str, Promise] = {
    SETTLEMENT: _("contradiction settled"),
    WITHDRAWAL: _("fact withdrawn"),
    REASON_DECIDED: _("reason to leave decided"),
    PROMISE_CLOSED: _("promise closed"),
    LETTER_RETURNED: _("a letter came back"),
    **network_words.KINDS,
    **visit_words.KINDS,
    CUSTOMER_MERGED: _("two numbers of one person merged"),
    CUSTOMER_UNMERGED: _("merge of two numbers undone"),
}
OF_OUR_OWN = (PROMISE_CLOSED, LETTER_RETURNED, *ADDRESSING, *network_words.KINDS, *visit_words.KINDS)


def kind(name: str) -> str:
    """What a fact is about; of one that nobody here understands, that it is one."""
    if name in OTHER_KINDS:
        text = str(OTHER_KINDS[name])
    elif name in TOPICS:
        text = explain.topic_name(name, language=language())
    else:
        return gettext("Not known here: %(kind)s") % {"kind": name}
    return text[:1].upper() + text[1:]


def value(key: str, said: object) -> str:
    """The value of a topic; nothing where its name says it all."""
    if isinstance(said, dict) and key in OF_OUR_OWN:
        return _of_our_own(key, said)
    if said in (None, {}) or (key in TOPICS and TOPICS[key].takes is Takes.EVENT):
        return ""
    if isinstance(said, dict) and key not in TOPICS:
        return pairs(said)
    return explain.value_text(key, said, language=language())


def pairs(said: object) -> str:
    """What its source wrote of something that nobody here knows, each thing under its name."""
    if isinstance(said, dict):
        return ", ".join(
            gettext("%(name)s: %(value)s") % {"name": name, "value": pairs(one)} for name, one in said.items()
        )
    if isinstance(said, list):
        return ", ".join(map(pairs, said))
    return "–" if said is None else str(said)


def promised(pledge: Pledge) -> str:
    """What was promised, where the date alone does not say it."""
    if pledge.matter is Matter.TELLING:
        return gettext("to be told")
    return "" if pledge.due_on else value(pledge.key, pledge.value)


def _of_our_own(key: str, said: dict[str, str]) -> str:
    if key == PROMISE_CLOSED:
        return f"{said['promise']} ({SPOKEN_STATES[said['state']][0]})"
    if key in ADDRESSING:
        return f"{said['number']}, {said['other']}"
    if key in visit_words.KINDS:
        return visit_words.value(said, language=language())
    return str(RETURNS[said["reason"]]) if key == LETTER_RETURNED else network_words.value(said)
