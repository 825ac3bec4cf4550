"""What is said to who texted STOP, and to who texts that it is over."""

from __future__ import annotations

from dataclasses import replace

from ligneclaire.channels.content import Content
from ligneclaire.voice.wording.texts import texts


def despite_stop(content: Content) -> Content:
    """Say in the text message why it comes although the customer said STOP; once."""
    reason = texts(content.language).say("stops.despite")
    sentence = content.sms or content.subject
    if sentence.endswith(reason):
        return content
    end = "" if sentence.endswith((".", "!", "?")) else "."
    return replace(content, sms=f"{sentence}{end} {reason}")


def confirmed(*, stops: bool, operator: str, language: str) -> tuple[str, str]:
    """Subject and text by which a customer reads that it is done."""
    words = texts(language)
    key = "stopped" if stops else "started"
    return words.say(f"stops.{key}.subject"), words.say(f"stops.{key}.told", operator=operator)


def noted(*, stops: bool, language: str) -> str:
    """Why the word itself needs no other answer."""
    return texts(language).say("stops.stopped.noted" if stops else "stops.started.noted")
