"""What stands of the operator, its departments, places and advisers, as it is kept where it changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Value

from ligneclaire.audit.states import ChangeKind
from ligneclaire.people.models import Adviser, Coverage, Department, Operator, Territory

HOUSE = "operator"

Settings = dict[ChangeKind, dict[str, dict[str, object]]]


def standing() -> Settings:
    """All of them, by kind and name."""
    places = defaultdict(list)
    for adviser, territory in Coverage.objects.order_by("territory__code").values_list(
        "adviser__number", "territory__code"
    ):
        places[adviser].append(territory)
    columns = ("name", "country", "currency", "languages", "phone", "address", "zone", "duty")
    return {
        ChangeKind.OPERATOR: _by(HOUSE, Operator.objects.annotate(**{HOUSE: Value(HOUSE)}).values(HOUSE, *columns)),
        ChangeKind.DEPARTMENT: _by("code", Department.objects.values("code", "name")),
        ChangeKind.TERRITORY: _by("code", Territory.objects.values("code", "name", "communes", "zone", "duty")),
        ChangeKind.ADVISER: {
            number: {**values, "territories": places[number]}
            for number, values in _by(
                "number", Adviser.objects.values("number", "name", "phone", "email", "languages", "backup")
            ).items()
        },
    }


def _by(key: str, rows: Iterable[Mapping[str, object]]) -> dict[str, dict[str, object]]:
    return {str(row[key]): {name: value for name, value in row.items() if name != key} for row in rows}
