"""A technician's week."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ligneclaire.visits.values import Hours


def overlapping(week: Sequence[Hours]) -> Hours | None:
    """The first working hours that begin before others of the same day have ended."""
    in_order = sorted(week, key=lambda hours: (hours.weekday, hours.starts, hours.ends))
    pairs = pairwise(in_order)
    return next((then for one, then in pairs if one.weekday == then.weekday and then.starts < one.ends), None)
