from __future__ import annotations

import pytest

from ligneclaire.network.rules.codes import NotACode, read_code, read_imei, read_imsi
from ligneclaire.network.states import ResourceKind


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (ResourceKind.PATH, "AB-1234-CD56", "AB-1234-CD56"),
        (ResourceKind.PATH, "ab1234cd56", "AB-1234-CD56"),
        (ResourceKind.SIM, "8933 0123 4567 8901 231", "8933012345678901231"),
        (ResourceKind.SIM, "89330123456789012342", "89330123456789012342"),
        (ResourceKind.NUMBER, "04 65 71 04 01", "+33465710401"),
        (ResourceKind.NUMBER, "+33465710401", "+33465710401"),
        (ResourceKind.PAIR, "63510-d4-017", "63510-D4-017"),
        (ResourceKind.PORT, "NRA63/1/7", "NRA63/1/7"),
        (ResourceKind.BOX, "LB-4471-0093", "LB-4471-0093"),
    ],
)
def test_a_code_is_read_however_it_is_written(kind: ResourceKind, text: str, code: str) -> None:
    assert read_code(kind, text) == code


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (ResourceKind.PATH, "AB-1234-CD5"),
        (ResourceKind.SIM, "8933012345678901232"),
        (ResourceKind.SIM, "1233012345678901231"),
        (ResourceKind.NUMBER, "12"),
        (ResourceKind.PAIR, "-63510"),
        (ResourceKind.BOX, ""),
    ],
)
def test_what_is_no_code_is_refused_with_what_was_written(kind: ResourceKind, text: str) -> None:
    with pytest.raises(NotACode, match="is no ") as refused:
        read_code(kind, text)

    assert repr(text) in str(refused.value)


@pytest.mark.parametrize("imei", ["490154203237518", "356938035643809", "49-015420-323751-8"])
def test_an_imei_has_its_check_digit(imei: str) -> None:
    assert read_imei(imei) == imei.replace("-", "")


@pytest.mark.parametrize("imei", ["490154203237519", "4901542032375186", "49015420323751", "box"])
def test_what_is_no_imei_is_refused(imei: str) -> None:
    with pytest.raises(NotACode):
        read_imei(imei)


def test_an_imsi_has_fifteen_digits_and_a_country() -> None:
    assert read_imsi("001010123456789") == "001010123456789"
    for text in ("00101012345678", "0010101234567890", "sim"):
        with pytest.raises(NotACode):
            read_imsi(text)
