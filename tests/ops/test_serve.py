"""The real server serves, and stops while a client still listens."""

from __future__ import annotations

import http.client

import pytest


@pytest.mark.slow
def test_the_server_answers_and_names_the_request(transactional_db: None, server_url: str) -> None:
    connection = http.client.HTTPConnection(server_url.removeprefix("http://"), timeout=10)

    connection.request("GET", "/healthz", headers={"X-Request-ID": "req-7"})
    response = connection.getresponse()

    assert (response.status, response.headers["X-Request-ID"], response.read()) == (200, "req-7", b"alive\n")
    connection.close()
