"""The subject line: what matters most, concretely."""

from __future__ import annotations

from ligneclaire.voice.topics import CLOSED, ENDS_ON, RENOUNCED, REQUESTED, STAYING
from ligneclaire.voice.wording.changes import change
from ligneclaire.voice.wording.scene import Scene, date_of

LOST, RESTORED_BY = "line.lost", "line.restored_by"
FIRST = (LOST, RENOUNCED, *STAYING, "equipment.formal_notice", ENDS_ON, CLOSED)
# What every telephone shows without more than doubling the length of a text message.
_SPELLED = str.maketrans({"’": "'", "\u202f": " ", "\u00a0": " ", "û": "u"})


def subject(scene: Scene) -> str:
    """One line that says what the message is about."""
    key = _main(scene)
    if key is None:
        return _general(scene)
    telling = scene.told[key]
    form = ""
    if key == ENDS_ON:
        form = "_changed" if change(telling, scene) else "_past" if date_of(telling) < scene.today else ""
    elif telling.value is False:
        form = "_no"
    elif RESTORED_BY in scene.told and key == LOST:
        form = "_restored"
    return scene.texts.say(
        f"{key}.subject{form}",
        contract=scene.contract,
        line=scene.line,
        number=scene.phone_number,
        value=scene.value(key, telling.value),
        by=scene.value(RESTORED_BY, scene.standing(RESTORED_BY)),
    )


def plain(text: str) -> str:
    """The subject as a text message: "aout" is an accepted spelling, and costs half."""
    return text.translate(_SPELLED)


def _main(scene: Scene) -> str | None:
    """Return the topic that names the message; none when it is of several kinds or of changes."""
    for key in FIRST:
        if key in scene.told:
            return key
    families = {telling.key.partition(".")[0] for telling in scene.utterance.tellings}
    news = [key for key, telling in scene.told.items() if not change(telling, scene)]
    if len(families) == 1 and len(news) == len(scene.utterance.tellings) and ENDS_ON not in scene.later:
        return news[0]
    return REQUESTED if list(scene.told) == [REQUESTED] else None


def _general(scene: Scene) -> str:
    if ENDS_ON in scene.later:
        name = "ending"
    elif all(telling.value is None or change(telling, scene) for telling in scene.utterance.tellings):
        name = "changes"
    else:
        name = "ending" if scene.is_leaving else "news"
    return scene.texts.say(f"subjects.{name}", contract=scene.contract)
