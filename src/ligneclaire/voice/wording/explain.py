"""What advisers and operators read about facts, decisions and promises, as short sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ligneclaire.kernel.calendar import Calendar
from ligneclaire.promises.rules import Matter, Pledge, PledgeState
from ligneclaire.voice.rules.state import Contradiction, End, Hold, Mode
from ligneclaire.voice.topics import Audience
from ligneclaire.voice.wording.formats import day, listed, moment
from ligneclaire.voice.wording.shown import shown
from ligneclaire.voice.wording.texts import Texts, texts

# What the gate writes down as a reason, and the sentence for it; the group is the fact that it names.
REASONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"told already"), "told_already"),
    (re.compile(r"our own record"), "own_record"),
    (re.compile(re.escape(Audience.VOICE_ONLY.value)), "voice_contact"),
    (re.compile(re.escape(Audience.PLANS.value)), "goes_into_plan"),
    (re.compile(re.escape(Audience.NOBODY.value)), "no_sales"),
    (re.compile(r"withdraws (.+)", re.DOTALL), "withdraws"),
    (re.compile(r"unknown topic or event (.+)", re.DOTALL), "unknown_topic"),
    (re.compile(r"unknown source (.+)", re.DOTALL), "unknown_source"),
    (re.compile(r"no fact (.+) of this source to withdraw", re.DOTALL), "nothing_to_withdraw"),
)
BY = re.compile(r"by (.+)", re.DOTALL)
ALONE = {
    End.SAID: "said",
    End.FOLDED: "folded",
    End.NOT_FOR_CUSTOMERS: "not_for_customers",
    End.SUPERSEDED: "superseded_plain",
    End.WITHDRAWN: "withdrawn_plain",
    End.SETTLED_AGAINST: "settled_against_plain",
    End.NOT_UNDERSTOOD: "not_understood",
}
OVERTAKEN = {End.SUPERSEDED: "superseded", End.WITHDRAWN: "withdrawn", End.SETTLED_AGAINST: "settled_against"}
HELD = frozenset({"receipt", "settling", "contradiction", "stopped"})


def topic_name(key: str, *, language: str) -> str:
    """How people call a topic; an unknown one by its key."""
    words = texts(language)
    name = f"{key}.name"
    return words.say(name) if words.has(name) else key


def source_name(source: str, *, language: str) -> str:
    """How people call a part of this system that states facts; anything else stays as it is."""
    return texts(language).named("sources", source) or source


def value_text(key: str, value: object, *, language: str) -> str:
    """A value as people write it."""
    return shown(key, value, texts(language))


def hold_reason(hold: Hold, *, calendar: Calendar, language: str) -> str:
    """Why facts wait, and until when."""
    words = texts(language)
    if hold.reason not in HELD:
        return words.say("holds.other", reason=hold.reason)
    return words.say(
        f"holds.{hold.reason}",
        moment=moment(hold.until, calendar, words) if hold.until else words.say("things.undated"),
        topics=listed((topic_name(key, language=language) for key in hold.keys), words),
    )


def outcome(end: End, reason: str = "", *, language: str) -> str:
    """How a fact ended, and why."""
    words = texts(language)
    if end in OVERTAKEN and (by := BY.fullmatch(reason)):
        return words.say(f"ends.{OVERTAKEN[end]}", fact=by[1])
    for pattern, key in REASONS:
        if found := pattern.fullmatch(reason):
            return words.say(f"ends.{key}", fact=found[1].strip("\"'") if found.groups() else "")
    plain = words.say(f"ends.{ALONE[end]}")
    return words.say("ends.with_reason", end=plain, reason=reason) if reason else plain


def question_text(contradiction: Contradiction, *, departments: Mapping[str, str], language: str) -> str:
    """Who says what: "Équipements dit 7 jours, Équipements Sud-Ouest dit 10 jours."."""
    words = texts(language)
    claims = (
        words.count(
            "questions.claim",
            len(claim.sources),
            who=listed(
                (departments.get(source) or source_name(source, language=language) for source in claim.sources), words
            ),
            value=value_text(contradiction.key, claim.value, language=language),
        )
        for claim in contradiction.claims
    )
    return f"{', '.join(claims)}."


def mode_name(mode: Mode, *, language: str) -> str:
    """How much the voice may do."""
    return texts(language).say(f"modes.{mode}")


def promise_text(pledge: Pledge, *, language: str) -> str:
    """What was promised, for when, and where it stands."""
    words = texts(language)
    return words.say(
        "promises.with_state", what=_promised(pledge, words), state=promise_state(pledge.state, language=language)
    )


def promise_state(state: PledgeState, *, language: str) -> str:
    """Where a promise stands."""
    return texts(language).say(f"promises.{state}")


def still_to_tell(pledge: Pledge, *, language: str) -> str:
    """What a customer reads of something that we said we would tell: by when, and what."""
    words = texts(language)
    if pledge.due_on is None:
        return words.say("promises.later_undated", what=words.say(f"{pledge.key}.later"))
    return words.say("frame.later", date=day(pledge.due_on, words), what=words.say(f"{pledge.key}.later"))


def _promised(pledge: Pledge, words: Texts) -> str:
    if pledge.matter is Matter.VALUE:
        topic = words.say(f"{pledge.key}.name")
        return words.say("promises.value", topic=topic, value=shown(pledge.key, pledge.value, words))
    later = words.say(f"{pledge.key}.later")
    if pledge.due_on is None:
        return words.say("promises.telling_undated", later=later)
    return words.say("promises.telling", later=later, date=day(pledge.due_on, words))
