"""Debian's Dovecot, unpacked beside the tests and run in a directory of its own: a mailbox as a provider has them."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from imapclient import IMAPClient

from ligneclaire.channels.email.postbox import Postbox
from ligneclaire.channels.email.server import Security

UNPACKED = Path(__file__).resolve().parents[1] / "var" / "dovecot"
# It looks for its parts where Debian has them: for this process alone they are there.
MOUNTS = (
    "for one in bin sbin lib; do mount -t overlay overlay -o lowerdir=$0/usr/$one:/usr/$one /usr/$one || exit 1; done"
)
CONFIGURATION = """\
base_dir = {place}/base
state_dir = {place}/state
log_path = {place}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = nobody
default_internal_group = nogroup
default_login_user = daemon
mail_location = maildir:{place}/mail/%u
first_valid_uid = 0
mail_max_userip_connections = 50
{more}
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid=daemon gid=daemon home={place}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@cache
def is_possible() -> bool:
    """Whether it is unpacked, and we may run it with its parts in their place."""
    if not (UNPACKED / "usr/sbin/dovecot").exists() or os.geteuid() != 0:
        return False
    tried = subprocess.run(["unshare", "-m", "sh", "-c", MOUNTS, str(UNPACKED)], check=False, capture_output=True)
    return tried.returncode == 0


@dataclass
class Provider:
    """Mailboxes for whoever knows the password, and the server that is begun and ended."""

    place: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def postbox(self, user: str = "service") -> Postbox:
        """How to reach one."""
        return Postbox(host="127.0.0.1", port=self.port, security=Security.NONE, user=user, password="secret")

    @contextmanager
    def client(self, user: str = "service") -> Iterator[IMAPClient]:
        """A person's own look into it."""
        with IMAPClient("127.0.0.1", self.port, ssl=False, timeout=30) as client:
            client.login(user, "secret")
            yield client

    def holds(self, folder: str) -> list[bytes]:
        """What lies in a folder."""
        with self.client() as client:
            if not client.folder_exists(folder):
                return []
            client.select_folder(folder, readonly=True)
            found = client.fetch(client.search(), ["BODY.PEEK[]"])
            return [found[uid][b"BODY[]"] for uid in sorted(found)]

    def gets(self, *mails: bytes) -> None:
        """E-mails come in."""
        with self.client() as client:
            for mail in mails:
                client.append("INBOX", mail)

    def begins(self) -> None:
        """Serve until it ends."""
        command = f"{MOUNTS}; exec dovecot -F -c {self.place}/dovecot.conf"
        self.process = subprocess.Popen(
            ["unshare", "-m", "sh", "-c", command, str(UNPACKED)], stderr=subprocess.DEVNULL, start_new_session=True
        )
        end = time.monotonic() + 60
        while True:
            assert self.process.poll() is None, (self.place / "log").read_text()
            assert time.monotonic() < end, "it never serves"
            with suppress(Exception), self.client("probe"):
                return
            time.sleep(0.1)

    def ends(self) -> None:
        """Be away."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)


@contextmanager
def provider(port: int, *, more: str = "") -> Iterator[Provider]:
    """A server with empty mailboxes, and more said in its configuration, for the length of the block."""
    with tempfile.TemporaryDirectory(prefix="ligneclaire-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        (place / "mail").mkdir()
        shutil.chown(place / "mail", "daemon", "daemon")
        (place / "dovecot.conf").write_text(CONFIGURATION.format(place=place, port=port, more=more))
        found = Provider(place=place, port=port)
        found.begins()
        try:
            yield found
        finally:
            found.ends()
