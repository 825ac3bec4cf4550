"""Tables come as office programs save them, and a table that cannot be read is refused whole."""

from __future__ import annotations

import pytest

from ligneclaire.voice import sheet
from ligneclaire.voice.by_hand import Typed
from ligneclaire.voice.sheet import (
    ColumnsMissing,
    ColumnsUnknown,
    NoLines,
    NotAText,
    Row,
    SheetRefused,
    SheetTooLarge,
    TooManyLines,
)

ONE = Row(line=2, typed=Typed(contract="K-1", key="fees.formula", value="à payer", effective="2015-02-20"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_is_read_as_it_was_saved(encoding: str, separator: str, end: str) -> None:
    lines = [["contract", "key", "value", "effective"], ["K-1", "fees.formula", "à payer", "2015-02-20"]]
    text = end.join(separator.join(cells) for cells in lines)

    assert sheet.rows(text.encode(encoding)) == (ONE,)


@pytest.mark.parametrize("cell", ["=A1", "+1", "-5,00", "@x", "K-1", "'K", "", "1-2"])
def test_a_cell_that_was_made_harmless_is_read_as_it_was(cell: str) -> None:
    safe = sheet.harmless(cell)

    assert safe == (f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell)
    assert sheet.rows(f"contract;key;value\nK;k;{safe}".encode())[0].typed.value == cell


def test_columns_may_stand_in_any_order_and_only_three_are_needed() -> None:
    table = b'Reason;VALUE;key;contract;\nwrong;"a;b";fees.formula;K-1;;;\n;;k'

    assert sheet.rows(table) == (
        Row(line=2, typed=Typed(contract="K-1", key="fees.formula", value="a;b")),
        Row(line=3, typed=Typed(contract="", key="k", value="")),
    )


def test_a_line_has_the_number_that_it_has_in_the_file() -> None:
    table = b'contract,key,value\n\nK-1,equipment.to_return,"box\nremote"\n , ,\nK-2,k,v\n'

    assert [(row.line, row.typed.contract) for row in sheet.rows(table)] == [(3, "K-1"), (6, "K-2")]


@pytest.mark.parametrize(
    ("content", "refusal", "values"),
    [
        (b"", ColumnsMissing, {"columns": ("contract", "key", "value")}),
        (b"contract,value\nK,v", ColumnsMissing, {"columns": ["key"]}),
        (b"contract,key,value,when\nK,k,v,w", ColumnsUnknown, {"columns": ["when"]}),
        (b"contract,key,value\n\n,,\n", NoLines, {}),
        (b'contract,key,value\nK,k,"v\n', NotAText, {"line": 2}),
        (b"contract,key,value\nK,k,\x00", NotAText, {"line": 2}),
        (b"contract,key,value\n" + b"K,k,v\n" * 5001, TooManyLines, {"most": 5000}),
        (b"x" * (2**20 + 1), SheetTooLarge, {"most": 2**20}),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, refusal: type[SheetRefused], values: dict[str, object]) -> None:
    with pytest.raises(refusal) as refused:
        sheet.rows(content)

    assert refused.value.values == values
