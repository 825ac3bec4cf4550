"""Where an event for another system stands, in words."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ligneclaire.hooks.states import PostingState

register = template.Library()

STATES: dict[PostingState, tuple[Promise, str]] = {
    PostingState.WAITING: (_("waiting"), ""),
    PostingState.HELD: (_("held back"), "care"),
    PostingState.DELIVERED: (_("delivered"), "done"),
    PostingState.GIVEN_UP: (_("given up"), "stop"),
}


@register.inclusion_tag("ui/_tag.html")
def posting_state(state: PostingState, tries: int) -> dict[str, object]:
    """Where it stands; one that waits after a try did not get through so far."""
    if state is PostingState.WAITING and tries:
        return {"text": _("not taken so far"), "tone": "care"}
    text, tone = STATES[state]
    return {"text": text, "tone": tone}
