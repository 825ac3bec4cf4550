"""The words of visits, for the templates of those who make them."""

from __future__ import annotations

from django import template

from ligneclaire.desk import visit_words
from ligneclaire.visits.states import MissedBy, Purpose, VisitState

register = template.Library()
register.filter("visit_result", visit_words.result)


@register.filter
def for_purpose(purpose: Purpose) -> str:
    """What a visit is for."""
    return str(visit_words.PURPOSES[purpose])


@register.filter
def missed_by(through: MissedBy) -> str:
    """Why a visit did not take place."""
    return str(visit_words.MISSED_BY[through])


@register.inclusion_tag("ui/_tag.html")
def visit_state(state: VisitState) -> dict[str, object]:
    """Where a visit stands."""
    text, tone = visit_words.STATES[state]
    return {"text": text, "tone": tone}
