"""A stored analysis comes back as it was, or not at all."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import codec
from knowledge.document import Document, Obligation, Reference, Section, TimePhrase
from knowledge.errors import StoredAnalysisError


@settings(max_examples=60, deadline=None)
@given(st.from_type(Document))
def test_a_document_survives_the_round_trip(document: Document) -> None:
    assert codec.loads(codec.dumps(document)) == document


@settings(max_examples=40, deadline=None)
@given(st.from_type(Document))
def test_the_text_is_stable_so_that_equal_documents_are_equal_bytes(document: Document) -> None:
    once = codec.dumps(document)
    assert codec.dumps(codec.loads(once)) == once


@pytest.fixture
def stored(plain: Document) -> dict[str, object]:
    value = json.loads(codec.dumps(plain))
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize("wrong", [0, 2, "1", None, True, 1.5])
def test_another_format_is_refused_by_name(stored: dict[str, object], wrong: object) -> None:
    stored["format"] = wrong
    with pytest.raises(StoredAnalysisError, match="định dạng"):
        codec.loads(json.dumps(stored))


@pytest.mark.parametrize("text", ["", "{", "null", "[]", "3", '{"document": {}}', '{"format": 1}'])
def test_what_is_no_stored_analysis_is_refused(text: str) -> None:
    with pytest.raises(StoredAnalysisError):
        codec.loads(text)


@pytest.mark.parametrize(
    ("field", "value", "where"),
    [
        ("file", 7, "document.file"),
        ("recognised", 1, "document.recognised"),
        ("sections", {}, "document.sections"),
        ("sections", [{"index": 0}], r"document.sections\[0\]"),
        ("header", None, "document.header"),
    ],
)
def test_a_wrong_type_is_named_with_its_place(stored: dict[str, object], field: str, value: object, where: str) -> None:
    document = stored["document"]
    assert isinstance(document, dict)
    document[field] = value
    with pytest.raises(StoredAnalysisError, match=where):
        codec.loads(json.dumps(stored))


def test_an_unknown_enumeration_value_is_refused(stored: dict[str, object]) -> None:
    text = json.dumps(stored).replace('"paragraph"', '"stanza"')
    with pytest.raises(StoredAnalysisError, match="kind"):
        codec.loads(text)


@pytest.mark.parametrize("kind", [Section, Reference, TimePhrase, Obligation])
def test_every_part_can_be_stored(kind: type) -> None:
    assert codec._decoder(kind)
