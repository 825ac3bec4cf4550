"""Debian's Postfix, unpacked beside the tests and run in a directory of its own: our server on the way to the world."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection

from ligneclaire.channels.email.server import MailServer, Security

UNPACKED = Path(__file__).resolve().parents[1] / "var" / "postfix"
OWNER, GROUP, OTHERS = "nobody", "mail", "daemon"  # users and groups that are everywhere
QUEUES = (
    "active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "maildrop", "pid", "private",
    "public", "saved", "trace",
)  # fmt: skip
MAIN = """\
compatibility_level = 3.6
import_environment = LD_LIBRARY_PATH MAIL_CONFIG
daemon_directory = {programs}/usr/lib/postfix/sbin
command_directory = {programs}/usr/sbin
shlib_directory = {programs}/usr/lib/postfix
queue_directory = {place}/queue
data_directory = {place}/data
mail_owner = {owner}
setgid_group = {group}
default_privs = {others}
maillog_file = {place}/log
maillog_file_prefixes = {place}
myhostname = mx.operator.example
mydestination =
alias_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtp_dns_support_level = disabled
relayhost = [127.0.0.1]:{world}
{inward}
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
"""
INWARD = """\
relay_domains = {domain}
transport_maps = inline:{{ {domain}=lmtp:inet:127.0.0.1:{lmtp} }}
"""
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


def is_possible() -> bool:
    """Whether it is unpacked, and we may run it."""
    return (UNPACKED / "usr/lib/postfix/sbin/master").exists() and os.geteuid() == 0


@contextmanager
def relay(port: int, *, world: int, lmtp: int = 0, domain: str = "") -> Iterator[MailServer]:
    """A server that passes on to the world what it takes, and to us what is for our domain if it has one."""
    with tempfile.TemporaryDirectory(prefix="ligneclaire-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        _prepare(place, port, world, INWARD.format(domain=domain, lmtp=lmtp) if domain else "")
        environment = {"LD_LIBRARY_PATH": str(UNPACKED / "usr/lib/postfix"), "PATH": os.environ["PATH"]}
        command = [str(UNPACKED / "usr/lib/postfix/sbin/master"), "-d", "-c", folder]
        server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            _wait(server, port, place / "log")
            yield MailServer(host="127.0.0.1", port=port, security=Security.NONE)
        finally:
            server.terminate()
            server.wait(20)


def _prepare(place: Path, port: int, world: int, inward: str) -> None:
    for name in QUEUES:
        (place / "queue" / name).mkdir(parents=True)
        shutil.chown(place / "queue" / name, OWNER, GROUP if name in {"maildrop", "public"} else None)
    (place / "queue" / "public").chmod(0o710)
    shutil.chown(place / "queue" / "pid", "root")
    (place / "data").mkdir()
    shutil.chown(place / "data", OWNER)
    values = {"programs": UNPACKED, "place": place, "owner": OWNER, "group": GROUP, "others": OTHERS}
    (place / "main.cf").write_text(MAIN.format(**values, world=world, inward=inward))
    (place / "master.cf").write_text(MASTER.format(port=port))


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + 30
    while True:
        assert server.poll() is None, log.read_text() if log.exists() else "it ended without a word"
        assert time.monotonic() < end, "it never listens"
        try:
            create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
