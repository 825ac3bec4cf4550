"""`GET /api/topics`: what customers can be told."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Field, Router, Schema

from ligneclaire.api.answers import SHUT
from ligneclaire.api.door import DepartmentToken
from ligneclaire.people.access.scopes import Scope
from ligneclaire.voice.topics import TOPICS, Audience, Topic
from ligneclaire.voice.wording.explain import topic_name
from ligneclaire.voice.wording.texts import LANGUAGES

router = Router(tags=["topics"])


class TopicCard(Schema):
    """A thing a customer can be told."""

    key: str
    in_charge: list[list[str]] = Field(description="Departments, the highest rank first; empty: anyone.")
    value: str = Field(description="What its value is.")
    leaves: str = Field(description="How long it may wait for others, or why it never leaves.")
    name: dict[str, str] = Field(description="What people call it, by language.")


@router.get(
    "/topics",
    summary="List topics",
    auth=DepartmentToken(Scope.TOPICS_READ),
    response=list[TopicCard],
    openapi_extra={"responses": SHUT},
)
def listed(request: HttpRequest) -> list[TopicCard]:  # noqa: ARG001  # ninja goes by the name
    """List what customers can be told, and by which department it is stated."""
    return [card(topic) for topic in TOPICS.values()]


def card(topic: Topic) -> TopicCard:
    """Describe a topic."""
    return TopicCard(
        key=topic.key,
        in_charge=[sorted(rank) for rank in topic.ranks],
        value=topic.takes,
        leaves=topic.urgency if topic.audience is Audience.CUSTOMER else f"never: {topic.audience}",
        name={language: topic_name(topic.key, language=language) for language in LANGUAGES},
    )
