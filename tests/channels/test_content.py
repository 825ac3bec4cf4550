"""Content travels as JSON and comes back the same."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from channels.samples import in_english, in_french
from ligneclaire.channels.content import Content, Section


@pytest.mark.parametrize("content", [in_french(), in_english()], ids=["fr", "en"])
def test_content_comes_back_the_same_from_json(content: Content) -> None:
    assert Content.from_json(json.loads(json.dumps(content.as_json()))) == content


def test_content_comes_back_with_what_changed() -> None:
    content = replace(in_french(), changes=Section(title="Ce qui change", lines=("Le 5 mars, et non le 3.",)))

    assert Content.from_json(json.loads(json.dumps(content.as_json()))) == content


def test_content_comes_back_with_what_the_law_grants() -> None:
    content = replace(in_french(), rights=Section(title="Vos droits", lines=("Le médiateur est gratuit.",)))

    assert Content.from_json(json.loads(json.dumps(content.as_json()))) == content


def test_content_from_before_the_small_print_is_read_without_it() -> None:
    plain = in_french().as_json()
    del plain["rights"]

    assert Content.from_json(plain) == in_french()


def test_a_missing_field_is_named() -> None:
    plain = in_french().as_json()
    del plain["salutation"]

    with pytest.raises(ValueError, match="salutation"):
        Content.from_json(plain)


def test_a_wrong_type_is_named() -> None:
    plain = in_french().as_json() | {"opening": "not a list"}

    with pytest.raises(ValueError, match="opening"):
        Content.from_json(plain)
