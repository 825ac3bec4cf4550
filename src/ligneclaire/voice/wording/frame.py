"""What surrounds the news: date, details, salutation, who answers, thanks and farewell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ligneclaire.channels.content import Contact, Detail, Labels, Section
from ligneclaire.contracts.queries.household import Holding
from ligneclaire.people.queries.addressees import Addressee
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.queries.operator import OperatorCard
from ligneclaire.voice.wording import formats
from ligneclaire.voice.wording.scene import Scene
from ligneclaire.voice.wording.texts import Texts

WOMEN = frozenset({"mme", "madame", "mlle", "mademoiselle"})
MEN = frozenset({"m", "mr", "monsieur"})
JOINTS = frozenset({"et", "ou", "&"})


def details(scene: Scene, *, holder: bool) -> tuple[Detail, ...]:
    """Number of the customer, the contract and the line, for the heading; who holds it, where that is on record."""
    values = {
        "labels.holder": scene.context.addressee.name if holder else "",
        "labels.customer": scene.context.addressee.number,
        "labels.contract": scene.number,
        "labels.line": scene.phone(scene.holding.line) if scene.holding else "",
    }
    return tuple(Detail(name=scene.texts.say(key), value=value) for key, value in values.items() if value)


def labels(texts: Texts) -> Labels:
    """Every word that a layout prints by itself."""
    return Labels(
        reference=texts.say("labels.reference"),
        contact=texts.say("labels.contact"),
        page=texts.pattern("labels.page"),
        code=texts.say("labels.code"),
    )


def contact(adviser: AdviserCard, operator: OperatorCard, texts: Texts) -> Contact:
    """The only contact of a message."""
    return Contact(
        name=adviser.name,
        role=texts.say("labels.role"),
        phone=formats.phone(adviser.phone, operator.country),
        email=adviser.email,
        postal=operator.address,
    )


def title_of(addressee: Addressee) -> str:
    """Whom to greet: "household", "woman", "man" or "unknown", by the name or else by the address."""
    lines = (addressee.name, *addressee.address[:1])
    return next((title for title in map(_title, lines) if title != "unknown"), "unknown")


def goes_on(scene: Scene) -> Section | None:
    """The other contracts of the household, which nothing touches."""
    others = [
        held
        for held in scene.context.household
        if held.contract != scene.number and held.contract not in scene.context.ending
    ]
    if not others:
        return None
    return Section(title=scene.texts.say("titles.goes_on"), lines=tuple(_held(other, scene) for other in others))


def closing(scene: Scene, *, thanks: bool, asked_elsewhere: bool, dated: bool) -> tuple[str, ...]:
    """Thanks, who answers, and a courteous end; `asked_elsewhere` when a section says who answers."""
    return tuple(_closing(scene, thanks=thanks, asked_elsewhere=asked_elsewhere, dated=dated))


def _closing(scene: Scene, *, thanks: bool, asked_elsewhere: bool, dated: bool) -> Iterator[str]:
    texts, addressee = scene.texts, scene.context.addressee
    if thanks:
        yield _thanks(scene)
    answers = [] if asked_elsewhere else [texts.say("frame.available", phone=scene.phone(addressee.present.phone))]
    if dated and addressee.present.number != addressee.adviser.number:
        answers.insert(0, _away(scene))
    if answers:
        yield " ".join(answers)
    yield texts.say(f"formulas.{title_of(addressee)}")


def _away(scene: Scene) -> str:
    addressee = scene.context.addressee
    if addressee.absent_until is None:
        return scene.texts.say("frame.away", adviser=addressee.adviser.name)
    date = scene.day(addressee.absent_until)
    return scene.texts.say("frame.away_until", adviser=addressee.adviser.name, date=date)


def _thanks(scene: Scene) -> str:
    household = scene.context.household
    year = min((held.since.year for held in household), default=scene.today.year)
    if year == scene.today.year:
        return scene.texts.say("frame.thanks")
    key = "frame.thanks_since" if goes_on(scene) else "frame.thanks_left"
    return scene.texts.say(key, year=str(year))


def _held(held: Holding, scene: Scene) -> str:
    key = "things.held_at" if held.place else "things.held"
    return scene.texts.say(key, offer=held.offer_name, line=scene.phone(held.line), place=held.place)


def _title(line: str) -> str:
    words = line.casefold().replace(".", " ").split()
    women = _titled(words, WOMEN)
    men = _titled(words, MEN)
    if women:
        return "household" if men else "woman"
    return "man" if men else "unknown"


def _titled(words: Sequence[str], titles: frozenset[str]) -> bool:
    """Look for a title at the start or after "et": elsewhere, "M" may be an initial."""
    places = [0, *(place + 1 for place, word in enumerate(words) if word in JOINTS)]
    return any(words[place] in titles for place in places if place < len(words))
