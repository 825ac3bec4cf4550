"""The same message as a text message."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from channels.samples import SENDER, in_english, in_french
from ligneclaire.channels.outgoing import Outgoing
from ligneclaire.channels.sms.outbound import deliver
from ligneclaire.channels.sms.text import Length, length_of, plain, text_of

FRENCH = (
    "Votre contrat Internet prend fin le 20/02/2015. Box et décodeur à rendre avant le 06/03/2015. "
    "Nora Benali, 01 99 00 01 01, LC-7K2M-9QX4"
)


def test_it_says_what_matters_who_answers_and_the_reference() -> None:
    assert text_of(in_french()) == FRENCH
    assert length_of(FRENCH) == Length(coding="GSM-7", units=135, parts=1)


def test_without_a_sentence_of_its_own_it_says_the_subject() -> None:
    assert text_of(replace(in_english(), sms="")) == (
        "The end of your Internet and telephone line on 20 February 2015. Nora Benali, 01 99 00 01 01, LC-7K2M-9QX4"
    )


def test_typographic_signs_become_plain_and_accents_stay() -> None:
    assert plain("L’été\u00a0: «\u00a0cœur\u00a0» – 5\u202f€…") == 'L\'été : "coeur" - 5 €...'


@pytest.mark.parametrize(
    ("text", "coding", "units", "parts"),
    [
        pytest.param("", "GSM-7", 0, 1, id="nothing"),
        pytest.param("éèàùòìÇÉ@£$¥", "GSM-7", 12, 1, id="accents of the alphabet"),
        pytest.param("€", "GSM-7", 2, 1, id="two places"),
        pytest.param("a" * 160, "GSM-7", 160, 1, id="one full part"),
        pytest.param("a" * 161, "GSM-7", 161, 2, id="two parts"),
        pytest.param("a" * 306, "GSM-7", 306, 2, id="two full parts"),
        pytest.param("a" * 307, "GSM-7", 307, 3, id="three parts"),
        pytest.param("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3, id="a pair is not cut"),
        pytest.param("ç", "UCS-2", 1, 1, id="small c cedilla"),
        pytest.param("ê" * 70, "UCS-2", 70, 1, id="one full part beyond the alphabet"),
        pytest.param("ê" * 71, "UCS-2", 71, 2, id="two parts beyond the alphabet"),
        pytest.param("ê" * 134, "UCS-2", 134, 2, id="two full parts beyond the alphabet"),
        pytest.param("ê" * 66 + "😀" + "ê" * 66, "UCS-2", 134, 3, id="a surrogate pair is not cut"),
    ],
)
def test_the_network_counts(text: str, coding: str, units: int, parts: int) -> None:
    assert length_of(text) == Length(coding=coding, units=units, parts=parts)


def test_the_file_holds_the_number_and_the_text(tmp_path: Path) -> None:
    message = Outgoing(
        id=UUID("0195a000-0000-7000-8000-000000000002"),
        to=("+33639980201",),
        sender=SENDER,
        content=in_french(),
        sent_at=datetime(2015, 2, 17, 7, 0, tzinfo=UTC),
    )

    path = deliver(message, outbox=tmp_path)

    assert path == str(tmp_path / "sms" / "0195a000-0000-7000-8000-000000000002.txt")
    assert Path(path).read_text() == f"+33639980201\n\n{FRENCH}\n"
