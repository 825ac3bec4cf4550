"""Foreign keys point down, and what they point at does not see them."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps

from architecture.house import RANK


def upward_or_visible_relations() -> Iterator[str]:
    for model in apps.get_models():
        for field in model._meta.get_fields(include_hidden=True):
            if not (field.is_relation and field.concrete and field.related_model):
                continue
            here, there = model._meta.app_label, field.related_model._meta.app_label
            if here == there or not {here, there} <= RANK.keys():
                continue
            if RANK[there] >= RANK[here]:
                yield f"{field} does not point down"
            if field.remote_field and not field.remote_field.hidden:
                yield f"{field} leaves a reverse accessor on {there}"


def test_relations_point_down_and_are_not_seen_from_below() -> None:
    assert list(upward_or_visible_relations()) == []
