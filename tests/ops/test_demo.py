"""The demo keeps itself running, and leaves nothing behind when it is stopped."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ligneclaire.ops.supervisor import Part, PartFailed, is_ready, run_together

pytestmark = pytest.mark.slow


def soon(happened: Callable[[], bool], *, seconds: float = 90) -> bool:
    end = time.monotonic() + seconds
    while not happened() and time.monotonic() < end:
        time.sleep(0.2)
    return happened()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processes_in(place: Path) -> dict[int, str]:
    """The living processes that mention this folder in their command or environment, with their commands."""
    found = {}
    for entry in Path("/proc").iterdir():
        try:
            if (
                entry.name.isdigit()
                and str(place).encode() in (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
            ):
                found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs Linux's /proc")
def test_the_demo_survives_its_parts_and_stops_whole(open_folder: Path) -> None:
    var, port = open_folder / "var", free_port()
    variables = {
        "LIGNECLAIRE_VAR": str(var),
        "LIGNECLAIRE_PORT": str(port),
        "DATABASE_URL": "",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-c", "from ligneclaire.config.cli import main; main()", "demo"]
    demo = subprocess.Popen(command, env=os.environ | variables, stdout=subprocess.PIPE, text=True)
    assert soon(lambda: is_ready(port))

    worker = next(pid for pid, said in processes_in(var).items() if said.endswith("worker "))
    server = int(next(var.glob("postgres-*/data/postmaster.pid")).read_text().split("\n")[0])
    os.kill(worker, signal.SIGKILL)
    os.kill(server, signal.SIGKILL)

    assert soon(lambda: any(pid != worker and said.endswith("worker ") for pid, said in processes_in(var).items()))
    assert soon(lambda: is_ready(port))
    demo.send_signal(signal.SIGINT)
    said, _ = demo.communicate(timeout=30)
    assert (demo.returncode, said.splitlines()[-1]) == (0, "Stopped.")
    assert f"http://127.0.0.1:{port}/" in said
    assert soon(lambda: processes_in(var) == {}, seconds=5)


def test_a_part_that_always_fails_ends_everything_with_its_last_words(tmp_path: Path) -> None:
    steady = Part(arguments=("manage", "shell", "-c", "import time; time.sleep(60)"), log=tmp_path / "steady.log")
    failing = Part(arguments=("no-such-command",), log=tmp_path / "failing.log")

    with pytest.raises(PartFailed, match="No such command 'no-such-command'"):
        run_together([steady, failing], port=free_port(), on_ready=lambda: None, revive=lambda: None)

    assert steady.process
    assert steady.process.returncode is not None
