"""Write the pages of `docs/reference/` from the code itself: `make docs`; a test compares them with what is kept."""

# ruff: noqa: INP001  # a script, not a package
from __future__ import annotations

import ast
import enum
import inspect
import json
import os
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import django
from django.apps import apps
from django.db import models

if not apps.ready:  # what is imported below needs it
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ligneclaire.config.settings")
    django.setup()

from ligneclaire import law
from ligneclaire.api import bodies
from ligneclaire.api import facts as facts_api
from ligneclaire.api.answers import Problem
from ligneclaire.api.door import api
from ligneclaire.api.topics import card
from ligneclaire.channels.states import MessageState
from ligneclaire.config import cli, wiring
from ligneclaire.config.env import PREFIX, Environment
from ligneclaire.flow.plan import Plan
from ligneclaire.journeys.plans import CURRENT
from ligneclaire.ops import metrics
from ligneclaire.ops.commands.law import value_text
from ligneclaire.people.access import roles
from ligneclaire.people.access.scopes import Scope
from ligneclaire.promises.rules import PledgeState
from ligneclaire.voice.intake import SIZE_LIMIT
from ligneclaire.voice.rules.state import OWN_RECORDS, WITHDRAWAL, End, Mode
from ligneclaire.voice.topics import TOPICS, Topic
from ligneclaire.voice.values import Takes
from ligneclaire.voice.wording.texts import LANGUAGES, texts

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
SOURCE = ROOT / "src" / "ligneclaire"
WIDTH = 100


def main() -> None:
    """Write every page."""
    REFERENCE.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{len(PAGES)} pages in {REFERENCE.relative_to(ROOT)}\n")


def topics() -> str:
    """What customers can be told."""
    rows = (
        (
            f"`{topic.key}`",
            "; then ".join(" = ".join(sorted(rank)) for rank in topic.ranks) or "anyone",
            topic.takes,
            topic.moment.name.lower(),
            card(topic).leaves,
            _promise(topic),
        )
        for topic in TOPICS.values()
    )
    head = ("topic", "in charge", "takes", "moment", "leaves", "promise")
    return _page(
        "Topics",
        "Every thing a customer can be told. *In charge* lists ranks: departments joined by = are equal, a later rank "
        "yields, and a department that is not named comes last. `journeys` are plans: they compute what departments "
        "have not stated. *Moment* is the place in a message.",
        _table(head, rows),
        "## How each is said",
        "Sentences of messages and screens; places in braces are filled in. *changed* and *gone* name what was told "
        "before; *later* is what a message says of a topic that stays behind.",
        *(part for key in TOPICS for part in _words(key)),
    )


def _words(topic: str) -> tuple[str, str]:
    spoken = [texts(language) for language in LANGUAGES]
    known = sorted(spoken[0].keys())
    keys = [key for key in known if key.startswith(f"{topic}.")]
    rows = [(key.removeprefix(f"{topic}."), *(language.pattern(key) for language in spoken)) for key in keys]
    return f"### {topic}", _table(("", *LANGUAGES), rows)


def _promise(topic: Topic) -> str:
    if not topic.commits or topic.takes not in {Takes.DATE, Takes.MONEY}:
        return ""
    return f"proved by `{topic.kept_by}`" if topic.kept_by else "proved by nothing yet"


def rules_of_law() -> str:
    """What the law says."""
    tests = _tests_of_rules()
    parts = []
    for country in law.countries():
        rows = [_rule(parameter, tests) for parameter in law.parameters(country)]
        head = ("id", "what", "value", "valid", "source", "verify", "place", "test")
        parts += [f"## {country}", _table(head, rows)]
    valued = {_stem(parameter.id) for country in law.countries() for parameter in law.parameters(country)}
    kept = [entry for entry in law.catalogue() if entry.is_implemented and entry.id not in valued]
    missing = [entry for entry in law.catalogue() if not entry.is_implemented]
    return _page(
        "Law",
        "Dated values with their source. *Valid* is the time for which the source shows the value; before it, the "
        "earliest known value is used and marked. *By contract*: the date of the contract decides, not that of the "
        "event. *Place* is the module that uses the value or keeps the rule; where there is none, the note says which "
        "screen or letter has to show it. A test is named after its rule: that of `TER-01` begins with `test_ter_01_`. "
        "*Verify* says why a value should be checked before an operator relies on it:",
        "\n".join(f"- *{mark}*: {says}" for mark, says in _members(law.Mark)),
        *parts,
        "## Without a value",
        "Rules that say what follows from what.",
        _table(
            ("id", "what", "source", "place", "test"),
            ((f"`{each.id}`", each.title, each.source, _places(each.id), _tests(each.id, tests)) for each in kept),
        ),
        "## Not implemented yet",
        f"{len(missing)} of {len(law.catalogue())} rules that are known.",
        _table(("id", "what"), ((f"`{each.id}`", each.title) for each in missing)),
    )


def _rule(parameter: law.Parameter, tests: Mapping[str, Mapping[str, int]]) -> tuple[str, ...]:
    limits = (("from", parameter.valid_from), ("until", parameter.valid_to))
    valid = [f"{word} {day}" for word, day in limits if day is not None]
    valid += ["by contract"] if parameter.basis is law.Basis.CONTRACT else []
    marks = ", ".join(parameter.marks)
    return (
        f"`{parameter.id}`",
        parameter.name,
        value_text(parameter),
        " ".join(valid),
        parameter.source,
        f"{marks}: {parameter.note}" if parameter.note and marks else marks or parameter.note,
        _places(parameter.id),
        _tests(parameter.id, tests),
    )


def _stem(rule: str) -> str:
    return rule.partition(".")[0]


def _places(rule: str) -> str:
    """The modules that look a value up, and the one that keeps the rule."""
    used = re.compile(f'"{re.escape(rule)}"')
    kept = {entry.place for entry in law.catalogue() if entry.id == _stem(rule) and entry.place}
    kept |= {path for path, text in _above_the_law().items() if used.search(text)}
    return ", ".join(f"[{path}](../../src/ligneclaire/{path})" for path in sorted(kept))


@cache
def _above_the_law() -> dict[str, str]:
    modules = (path for path in SOURCE.rglob("*.py") if path.parent != SOURCE / "law")
    return {path.relative_to(SOURCE).as_posix(): path.read_text(encoding="utf-8") for path in modules}


def _tests_of_rules() -> dict[str, dict[str, int]]:
    """For each rule, in how many tests of which file it is tried."""
    found: dict[str, dict[str, int]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for rule in re.findall(
            r"^def test_([a-z]{3}_[0-9]{2}|[a-z]+)_", path.read_text(encoding="utf-8"), re.MULTILINE
        ):
            files = found.setdefault(rule.replace("_", "-"), {})
            files[path.relative_to(ROOT).as_posix()] = files.get(path.relative_to(ROOT).as_posix(), 0) + 1
    return found


def _tests(rule: str, tests: Mapping[str, Mapping[str, int]]) -> str:
    files = tests[_stem(rule).lower()].items()
    return ", ".join(f"[{path.removeprefix('tests/')}](../../{path}) ({count})" for path, count in files)


def outcomes() -> str:
    """How facts, promises and messages end."""
    parts = []
    for title, states in (
        ("Outcomes of a fact", End),
        ("States of a promise", PledgeState),
        ("Modes of the voice", Mode),
        ("States of a message", MessageState),
    ):
        parts += [f"## {title}", _table(("", ""), ((f"*{value}*", says) for value, says in _members(states)))]
    return _page("Outcomes and states", "A fact waits until it has exactly one outcome, with a reason.", *parts)


def _members(states: type[enum.Enum]) -> Iterator[tuple[str, str]]:
    """Each value with the sentence that stands below it in the source."""
    [body] = [node.body for node in ast.parse(inspect.getsource(states)).body if isinstance(node, ast.ClassDef)]
    for node, following in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            says = ast.literal_eval(following.value) if isinstance(following, ast.Expr) else ""
            yield str(states[node.targets[0].id].value), str(says)


def api_page() -> str:
    """What other systems may ask."""
    import_module("ligneclaire.api.urls")  # gives the API its addresses
    schema = api.get_openapi_schema(path_prefix="/api/")
    parts: list[str] = []
    for path, methods in schema["paths"].items():
        for method, found in methods.items():
            answers = ", ".join(sorted(map(str, found["responses"])))
            parts += [f"## {method.upper()} {path}", f"{_lines(found['description'])} Answers {answers}."]
    for shape in (
        facts_api.ONE,
        facts_api.EVENT,
        Problem.model_json_schema(),
        *(shape for shape in schema["components"]["schemas"].values() if "properties" in shape),
    ):
        required = shape.get("required", ())
        rows = [
            (f"`{name}`", "yes" if name in required else "", _field(field))
            for name, field in shape["properties"].items()
        ]
        parts += [f"## {shape['title']}", shape["description"], _table(("field", "required", "is"), rows)]
    events = [f"`{topic.key}`" for topic in TOPICS.values() if topic.takes is Takes.EVENT]
    return _page(
        "API",
        "The running server describes itself at `/api/docs` and `/api/openapi.json`. A request shows the token of a "
        f"department, `Authorization: Bearer TOKEN`. A body is at most {bodies.BODY_LIMIT >> 20} MiB, an item "
        f"{SIZE_LIMIT >> 10} KiB. Its `Content-Type` is one of {', '.join(f'`{kind}`' for kind in bodies.TAKEN)}.",
        f"Events are `fact`, `{WITHDRAWAL}`, {', '.join(events)}. Any other is kept as *not understood*.",
        *parts,
    )


def _field(field: Mapping[str, Any]) -> str:
    shown = [f"`{json.dumps(each, ensure_ascii=False)}`" for each in field.get("examples", field.get("enum", ()))]
    return _lines(f"{field.get('description', '')} {', '.join(shown)}")


def _lines(text: str) -> str:
    return " ".join(text.split())


def commands() -> str:
    """What can be typed."""
    parts = []
    for name, says in cli.COMMANDS.items():
        command: click.Command = import_module(f"ligneclaire.ops.commands.{cli.MODULES.get(name, name)}").command
        context = click.Context(command, info_name=f"ligneclaire {name}", terminal_width=WIDTH, max_content_width=WIDTH)
        parts += [f"## {name}", says, f"```\n{command.get_help(context)}\n```"]
    return _page("Commands", "Everything of the command `ligneclaire`. Exit 2 means: called wrongly.", *parts)


def roles_page() -> str:
    """Who may do what."""
    says = dict(_members(roles.Right))
    parts = []
    for role in roles.ROLES:
        held = "\n".join(f"- *{right}*: {says[right]}" for right in roles.Right if role.may(right))
        parts += [f"## {role.name}", role.says, held or "No rights."]
    scopes = "\n".join(f"- `{scope}`: {sentence}" for scope, sentence in _members(Scope))
    return _page(
        "Roles",
        "Each page and deed of the desk asks for one right; who has it not is refused, and nothing is written. The "
        f"roles are code: {_link(roles.__name__)}. Every address is tried with every role by "
        "[tests/access/test_matrix.py](../../tests/access/test_matrix.py).",
        *parts,
        "## Scopes of a token",
        scopes,
    )


def environment() -> str:
    """What is decided outside the program."""
    rows = []
    for name, field in Environment.model_fields.items():
        variable = str(field.validation_alias or PREFIX + name.upper())
        default = field.get_default()
        shown = ", ".join(default) if isinstance(default, tuple | dict) else default
        rows.append((f"`{variable}`", field.description or "", f"`{shown}`" if shown not in {"", None} else ""))
    return _page(
        "Environment",
        "Read once at the start. A wrong value ends the program with a sentence that names it.",
        _table(("variable", "decides", "default"), rows),
    )


def figures() -> str:
    """What Prometheus reads."""
    [measured] = metrics.REQUESTS.describe()
    rows = [(f"`{measured.name}`", "`method`, `route`, `status`", measured.documentation)]
    rows += [
        (f"`{figure.name}`", ", ".join(f"`{label}`" for label in figure.labels), figure.says)
        for figure in metrics.FIGURES
    ]
    return _page("Metrics", "Figures of `/metrics`.", _table(("name", "labels", "is"), rows))


def packages() -> str:
    """The stack."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = [[name.strip(" ()") for name in re.split("[|:]", layer)] for layer in contracts[0]["layers"]]
    rows = (
        (f"[{name}](../../src/ligneclaire/{name})", _sentence(SOURCE / name))
        for layer in layers
        for name in layer
        if (SOURCE / name).is_dir()
    )
    held = "\n".join(f"- {contract['name']}" for contract in contracts)
    return _page(
        "Packages",
        "A package imports only from packages below it. The order is read from the import contracts in "
        "[pyproject.toml](../../pyproject.toml).",
        _table(("package", "is"), rows),
        "The contracts:",
        held,
    )


def _sentence(package: Path) -> str:
    readme = package / "README.md"
    said = readme.read_text(encoding="utf-8").split("\n\n")[1] if readme.exists() else ""
    said = said or ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8"))) or ""
    return _lines(re.split(r"(?<=[.])\s", said + "\n", maxsplit=1)[0])


def database() -> str:
    """What the database refuses."""
    parts = []
    for config in apps.get_app_configs():
        if not config.name.startswith("ligneclaire."):
            continue
        for model in config.get_models():
            only = " Append-only." if getattr(model, "append_only", False) else ""
            held = "\n".join(f"- `{each.name}` ({_kind(each)})" for each in model._meta.constraints)  # noqa: SLF001
            parts += [f"## {model._meta.db_table}", f"{_lines(model.__doc__ or '')}{only}", held]  # noqa: SLF001
    return _page(
        "Database",
        "The tables and what PostgreSQL itself refuses there, besides types, keys and columns that may not be empty. "
        "Rows of an append-only table cannot be changed or removed by the application.",
        *filter(None, parts),
    )


def _kind(constraint: models.BaseConstraint) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(constraint).__name__).removesuffix(" Constraint").lower()


def journeys() -> str:
    """The plans, drawn."""
    parts = [part for plan in CURRENT for part in _plan(plan)]
    return _page(
        "Journeys",
        "Plans of dated steps, as their tables have them. An arrow leads to a step that waits for another; the others "
        "go on at the same time. A step that a customer does not need is spared. *Told by* is the topic whose date, "
        "once told, is the promise of the step.",
        *parts,
    )


def _plan(plan: Plan[Any]) -> Iterator[str]:
    yield f"## {plan.kind} (version {plan.version})"
    yield f"{(inspect.getdoc(sys.modules[f'ligneclaire.journeys.plans.{plan.kind}']) or '').strip()}"
    arrows = [f"    {before} --> {step.name}" for step in plan.steps for before in step.after]
    alone = [f"    {step.name}" for step in plan.steps if not step.after]
    yield "\n".join(["```mermaid", "flowchart LR", *alone, *arrows, "```"])
    english, french = (texts(language) for language in ("en", "fr"))
    rows = (
        (
            f"`{step.name}`",
            english.say(f"plans.{plan.kind}.{step.name}"),
            french.say(f"plans.{plan.kind}.{step.name}"),
            ", ".join(f"`{name}`" for name in step.after),
            f"`{step.tells}`" if step.tells else "",
        )
        for step in plan.steps
    )
    yield _table(("step", "English", "French", "after", "told by"), rows)
    yield f"Begins with: {', '.join(f'`{key}`' for key in sorted(plan.triggers))}."
    yield f"States, while nobody in charge has: {', '.join(f'`{says.key}`' for says in plan.says)}."


def facts() -> str:
    """Who listens to what, and what we record ourselves."""
    return _page(
        "Facts of our own, and who listens",
        "Departments state [topics](topics.md). What actions of ours make true is recorded as facts too:",
        "\n".join(f"- `{kind}`" for kind in sorted(OWN_RECORDS)),
        f"Who listens is wired in {_link(wiring.__name__)}. All news of a customer goes to:",
        "\n".join(f"1. {_link(listener.__module__)}: {inspect.getdoc(listener)}" for listener in wiring.LISTENERS),
    )


def _link(module: str) -> str:
    path = module.removeprefix("ligneclaire.").replace(".", "/") + ".py"
    return f"[{path}](../../src/ligneclaire/{path})"


def _page(title: str, *parts: str) -> str:
    made = "<!-- Written by docs/generate.py (make docs): change the code, not this page. -->"
    return "\n\n".join([made, f"# {title}", *parts]) + "\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head)]
    lines += [["---"] * len(lines[0]), *([str(cell).replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


PAGES: dict[str, Callable[[], str]] = {
    "topics.md": topics,
    "journeys.md": journeys,
    "law.md": rules_of_law,
    "outcomes.md": outcomes,
    "api.md": api_page,
    "commands.md": commands,
    "environment.md": environment,
    "metrics.md": figures,
    "packages.md": packages,
    "facts.md": facts,
    "database.md": database,
    "roles.md": roles_page,
}

if __name__ == "__main__":
    main()
