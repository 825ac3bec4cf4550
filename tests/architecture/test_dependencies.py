"""What is installed is what is locked, by its hash, under a licence that lets an operator run and change all of it.

Known weaknesses and withdrawn versions are on the Internet: `make audit` asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions

from packaging.markers import Marker

from architecture.house import ROOT

LOCKS = ("requirements-bootstrap.lock", "requirements.lock", "requirements-dev.lock")
PINNED = re.compile(
    r"^([a-z0-9][a-z0-9.-]*)(?:\[[^]]*\])?==(\S+)(?: ; (.+?))? \\\n((?:    --hash=.*\n)+)", re.MULTILINE
)
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")
OURS = {"ligneclaire", "pip"}  # this package, and what comes with Python
FREE = (
    "0BSD",
    "Apache",
    "BSD",
    "ISC",
    "MIT",
    "PSF",
    "Python-2.0",
    "Unlicense",
    "Zlib",
)
ALSO = {
    "certifi": "MPL-2.0: names of authorities, used as they are, for tests only",
    "hypothesis": "MPL-2.0: used as it is, for tests only",
    "imapclient": "BSD-3-Clause, as its file COPYING says",
    "pathspec": "MPL-2.0: used as it is, for checks only",
    "psycopg": "LGPL-3.0: a library of its own, which an operator may replace",
    "psycopg-binary": "LGPL-3.0: a library of its own, which an operator may replace",
    "psycopg-pool": "LGPL-3.0: a library of its own, which an operator may replace",
    "python-stdnum": "LGPL-2.1: a library of its own, which an operator may replace",
    "smpplib": "LGPL-3.0: a library of its own, which an operator may replace",
    "text-unidecode": "Artistic, by choice: used as it is, for tests only",
}


def name_of(distribution: Distribution) -> str:
    return re.sub(r"[-_.]+", "-", distribution.metadata["Name"]).lower()


def licence_of(distribution: Distribution) -> str:
    """What the package says of itself: an expression, its classifiers, or a text."""
    told = distribution.metadata
    classified = [line for line in told.get_all("Classifier") or () if line.startswith("License ::")]
    expression, text = ("".join(told.get_all(name) or ()) for name in ("License-Expression", "License"))
    return expression or " ".join(classified) or text[:80]


def locked(name: str) -> dict[str, str]:
    """The packages of a lock file with their versions."""
    text = (ROOT / name).read_text(encoding="utf-8")
    found = {match[1]: match[2] for match in PINNED.finditer(text) if not match[3] or Marker(match[3]).evaluate()}
    assert found, f"{name} locks nothing"
    return found


def loose(name: str) -> Iterator[str]:
    """Lines of a lock file that are no package with its hashes, and no comment."""
    rest = PINNED.sub("", (ROOT / name).read_text(encoding="utf-8"))
    yield from (line for line in rest.splitlines() if line.strip() and not line.lstrip().startswith("#"))
    for match in PINNED.finditer((ROOT / name).read_text(encoding="utf-8")):
        yield from (line for line in match[4].splitlines() if not HASH.fullmatch(line))


def test_every_package_is_locked_by_its_hashes() -> None:
    assert [line for name in LOCKS for line in loose(name)] == []


def test_all_locks_mean_the_same_versions() -> None:
    run, work = locked("requirements.lock"), locked("requirements-dev.lock")

    assert {name: work.get(name) for name in run} == run


def test_nothing_is_installed_that_is_not_locked() -> None:
    known = locked("requirements-bootstrap.lock") | locked("requirements-dev.lock")
    there = {name_of(one): one.version for one in distributions() if name_of(one) not in OURS}

    assert {name: version for name, version in there.items() if known.get(name) != version} == {}


def test_every_licence_lets_an_operator_run_and_change_all_of_it() -> None:
    told = {name_of(one): licence_of(one) for one in distributions()}
    free = {name for name, licence in told.items() if any(word in licence for word in FREE) and "GPL" not in licence}

    assert {name: licence for name, licence in told.items() if name not in free and name not in ALSO} == {}
    assert set(ALSO) - (set(told) - free) == set(), "no longer needed"
