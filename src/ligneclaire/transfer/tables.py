"""Tables as an export writes them: the SQL that reads one, and its schema in the words of Frictionless Table Schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField, DateRangeField, DateTimeRangeField
from django.db import models
from django.db.models.options import Options
from psycopg import sql

from ligneclaire.transfer.catalogue import (
    COLUMNS_OF_STAFF,
    EXPORTED,
    HIDDEN,
    HOUSE,
    KEPT_BACK,
    ROWS_OF_THEIRS,
)

NULL = r"\N"
WHOLE = (models.BigIntegerField, models.IntegerField, models.SmallIntegerField, models.AutoField)
KINDS: tuple[tuple[tuple[type[models.Field[Any, Any]], ...], dict[str, str]], ...] = (
    ((models.BooleanField,), {"type": "boolean"}),
    (WHOLE, {"type": "integer"}),
    ((models.DateTimeField,), {"type": "datetime"}),
    ((models.DateField,), {"type": "date"}),
    ((models.TimeField,), {"type": "time"}),
    ((models.UUIDField,), {"type": "string", "format": "uuid"}),
    ((models.JSONField,), {"type": "any", "description": "JSON"}),
    ((ArrayField,), {"type": "array"}),
    ((DateRangeField,), {"type": "string", "description": "days, as [first,end)"}),
    ((DateTimeRangeField,), {"type": "string", "description": "instants, as [first,end)"}),
    ((models.CharField, models.TextField), {"type": "string"}),
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the database, with the columns that an export has, or the one that a customer downloads."""

    model: type[models.Model]
    is_for_them: bool = False

    @property
    def meta(self) -> Options[models.Model]:
        """What Django knows of it."""
        return self.model._meta  # noqa: SLF001 - Django's own name

    @property
    def key(self) -> str:
        """The column of its primary key."""
        return str(self.meta.pk.column)

    @property
    def label(self) -> str:
        """Its name in the catalogue."""
        return str(self.meta.label)

    @property
    def name(self) -> str:
        """Its name in the database and in an export."""
        return str(self.meta.db_table)

    @property
    def fields(self) -> list[models.Field[Any, Any]]:
        """What is exported of it."""
        hidden = HIDDEN.get(self.label, {})
        columns = [field for field in self.meta.concrete_fields if field.column not in hidden]
        return [field for field in columns if not (self.is_for_them and _is_of_staff(str(field.column)))]

    def query(self, *, of_one: bool, as_text: bool) -> sql.Composed:
        """Its rows, in the order of its key; of one customer with the parameter `customers`, all their numbers."""
        columns = [
            sql.SQL("{} AS {}").format(_read(field, as_text=as_text), sql.Identifier(str(field.column)))
            for field in self.fields
        ]
        return sql.SQL("SELECT {} FROM {} AS t{} ORDER BY t.{}").format(
            sql.SQL(", ").join(columns),
            sql.Identifier(self.name),
            self.condition(of_one=of_one),
            sql.Identifier(self.key),
        )

    def condition(self, *, of_one: bool) -> sql.SQL:
        """Which of its rows."""
        if not of_one:
            return sql.SQL("")
        more = ROWS_OF_THEIRS.get(self.label) if self.is_for_them else None
        return sql.SQL(f" WHERE {EXPORTED[self.label]}" + (f" AND {more}" if more else ""))

    def schema(self, exported: dict[str, str]) -> dict[str, object]:
        """Its columns and keys; foreign keys lead to tables that are exported, too, by their labels."""
        links = [
            {
                "fields": [field.column],
                "reference": {
                    "resource": "" if there.model is self.model else exported[there.label],
                    "fields": [field.target_field.column],
                },
            }
            for field in self.fields
            if isinstance(field, models.ForeignKey)
            for there in [Table(field.target_field.model)]
            if there.label in exported
        ]
        return {
            "fields": [_described(field) for field in self.fields],
            "primaryKey": [self.key],
            **({"foreignKeys": links} if links else {}),
            "missingValues": [NULL],
        }


def tables(*, of_one: bool, for_them: bool = False) -> Iterator[Table]:
    """What is exported of the house, or of one customer, or handed out to them with nobody reading it before."""
    for label, whose in EXPORTED.items():
        if (whose != HOUSE or not of_one) and not (for_them and label in KEPT_BACK):
            yield Table(apps.get_model(label), is_for_them=for_them)


def _is_of_staff(column: str) -> bool:
    return column in COLUMNS_OF_STAFF or column.endswith("_by")


def _target(field: models.Field[Any, Any]) -> models.Field[Any, Any]:
    """The field whose values these are."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field


def _read(field: models.Field[Any, Any], *, as_text: bool) -> sql.Composed:
    column = sql.SQL("t.{}").format(sql.Identifier(str(field.column)))
    match _target(field):
        case models.DateTimeField():
            return sql.SQL("""to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""").format(column)
        case ArrayField():
            return sql.SQL("to_jsonb({})").format(column)
        case DateRangeField() | DateTimeRangeField():
            return sql.SQL("{}::text").format(column)
        case models.BooleanField() if as_text:
            return sql.SQL("{}::text").format(column)
        case _:
            return column


def _described(field: models.Field[Any, Any]) -> dict[str, object]:
    value = _target(field)
    kind = next(words for kinds, words in KINDS if isinstance(value, kinds))
    limits: dict[str, object] = {}
    if not field.null:
        limits["required"] = True
    if field.unique:
        limits["unique"] = True
    if isinstance(value, models.CharField) and value.max_length:
        limits["maxLength"] = value.max_length
    return {"name": field.column, **kind, **({"constraints": limits} if limits else {})}
