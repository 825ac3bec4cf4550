"""Facts of our own are values that can be kept for ever."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from importlib import import_module

from architecture.house import SOURCE, imported, modules, tree
from ligneclaire.kernel.fact import Fact


def fact_classes() -> Iterator[type[Fact]]:
    for path in modules():
        if any(name == "ligneclaire.kernel.fact.Fact" for node in ast.walk(tree(path)) for name in imported(node)):
            import_module(".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__"))
    waiting = Fact.__subclasses__()
    while waiting:
        fact = waiting.pop()
        waiting += fact.__subclasses__()
        if fact.__module__.startswith("ligneclaire."):
            yield fact


def test_facts_are_frozen_and_named_after_their_package() -> None:
    faults = []
    for fact in set(fact_classes()):
        package, _, name = fact.kind.partition(".")
        if package != fact.__module__.split(".")[1] or not name.isidentifier() or not name.islower():
            faults.append(f"{fact.__qualname__} has kind {fact.kind}")
        if "__dataclass_params__" not in vars(fact) or not vars(fact)["__dataclass_params__"].frozen:
            faults.append(f"{fact.__qualname__} is not a frozen dataclass")

    assert sorted(faults) == []


def test_kinds_of_facts_are_unique() -> None:
    kinds = Counter(fact.kind for fact in set(fact_classes()))

    assert [kind for kind, times in kinds.items() if times > 1] == []
