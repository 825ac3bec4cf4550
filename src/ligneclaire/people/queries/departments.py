"""The parts of the operator."""

from __future__ import annotations

from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Department


class DepartmentUnknown(Refused):
    """There is no department with this code."""


def codes() -> frozenset[str]:
    """The codes of all departments."""
    return frozenset(Department.objects.values_list("code", flat=True))


def names() -> dict[str, str]:
    """What each department calls itself, by code."""
    return dict(Department.objects.order_by("code").values_list("code", "name"))
