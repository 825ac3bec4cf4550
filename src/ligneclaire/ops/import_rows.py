"""Import a CSV file from the command line: what is said meanwhile and at the end."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import TextIO

import click

from ligneclaire.kernel import clock
from ligneclaire.kernel.counted import counted
from ligneclaire.kernel.rows import Tally
from ligneclaire.ops.printing import OneLine
from ligneclaire.people.queries.operator import NoOperator
from ligneclaire.transfer.actions.note_progress import RunElsewhere
from ligneclaire.transfer.feeds import ColumnsDiffer
from ligneclaire.transfer.importing import Standing, import_csv
from ligneclaire.transfer.lines import NotCsv
from ligneclaire.transfer.mapping import MappingRefused, read_mapping

SOME_WRONG = 1


def import_rows(*, file: Path, mapping: Path, is_check: bool, wrong: Path | None, as_json: bool) -> None:
    """Import a file, or check it, and say what came of it; click's exceptions say what went wrong."""
    place = wrong or file.with_name(f"{file.stem}.wrong.csv")
    progress = Progress(sys.stderr)
    try:
        done = import_csv(
            path=file,
            mapping=read_mapping(mapping),
            wrong=place,
            is_check=is_check,
            told=progress.say,
            at=clock.now(),
        )
    except MappingRefused as refused:
        raise click.ClickException(_listed(f"{mapping} is no mapping:", refused.problems)) from None
    except ColumnsDiffer as refused:
        raise click.ClickException(_listed(f"{file} does not fit {mapping}:", refused.problems)) from None
    except NotCsv as refused:
        at, reason = refused.values["line"], refused.values["reason"]
        message = f"{file}, line {at}: {reason}; what stood before it was taken"
        raise click.ClickException(message) from None
    except NoOperator:
        raise click.ClickException("import a world with the operator first") from None
    except RunElsewhere:
        raise click.ClickException(f"{file} is being imported by another process") from None
    progress.clear()
    click.echo(_as_json(done, place, is_check=is_check) if as_json else _in_words(done, place, is_check=is_check))
    if done.done.wrong:
        raise click.exceptions.Exit(SOME_WRONG)


class Progress:
    """How far a long import is, on a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._line, self._began = OneLine(stream), monotonic()

    def say(self, standing: Standing) -> None:
        """Say it anew."""
        seconds = max(monotonic() - self._began, 0.001)
        rate = (standing.done.lines - standing.from_line) / seconds
        left = seconds * (standing.size - standing.read) / max(standing.read, 1)
        done = standing.done
        self._line.say(f"{done.lines:,} lines, {rate:,.0f} a second, {done.wrong:,} wrong, {_time(left)} left")

    def clear(self) -> None:
        """Leave an empty line."""
        self._line.clear()


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _listed(head: str, problems: tuple[str, ...]) -> str:
    return "\n".join([head, *(f"  {problem}" for problem in problems)])


def _in_words(standing: Standing, wrong: Path, *, is_check: bool) -> str:
    done = standing.done
    head = f"{counted(done.lines, 'line')}, {done.wrong} wrong" + (f", {done.skipped} left out" if done.skipped else "")
    lines = [f"{head}; checked only, nothing was written" if is_check else head]
    if standing.from_line:
        lines.append(f"went on after line {standing.from_line}, where an earlier run was cut off")
    width = max((len(what) for what in done.tallies), default=0)
    lines += [f"{what:<{width}}  {_counted(tally)}" for what, tally in done.tallies.items()]
    lines += [f"wrong lines, and why: {wrong}"] if done.wrong else []
    return "\n".join([*lines, "nothing changed"] if done.changed_nothing else lines)


def _counted(tally: Tally) -> str:
    counts = {"new": tally.new, "changed": tally.changed, "as before": tally.same, "removed": tally.removed}
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count) or "none"


def _as_json(standing: Standing, wrong: Path, *, is_check: bool) -> str:
    done = standing.done
    return json.dumps(
        {
            "lines": done.lines,
            "wrong": done.wrong,
            "left_out": done.skipped,
            "wrong_lines": str(wrong) if done.wrong else None,
            "went_on_after": standing.from_line,
            "checked_only": is_check,
            "tables": {what: asdict(tally) for what, tally in done.tallies.items()},
        },
        ensure_ascii=False,
    )
