"""Document ↔ JSON, exactly: `loads(dumps(document)) == document`.

The format is the dataclasses of knowledge.document themselves: an object per dataclass with a key per field, an array
per tuple, enumerations by value, dates in ISO form; around it `{"format": 1, "document": {…}}`. A field that is added,
renamed or given another meaning raises `FORMAT`; stored documents of another format are read anew from their files.

Decoding checks every type: what comes back is a Document or an error, never a half-typed one.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from knowledge.document import Document
from knowledge.errors import StoredAnalysisError

FORMAT = 1

_T = typing.TypeVar("_T")
_Decoder = Callable[[object, str], object]  # (JSON value, where it stands) → value


def dumps(document: Document) -> str:
    """Return `document` as compact JSON."""
    return json.dumps({"format": FORMAT, "document": encode(document)}, ensure_ascii=False, separators=(",", ":"))


def loads(text: str) -> Document:
    """Return the document that `dumps` wrote.

    Raises StoredAnalysisError where `text` is not JSON, is of another format, or does not fit the dataclasses.
    """
    try:
        stored = json.loads(text)
    except ValueError as error:
        raise StoredAnalysisError(f"Bản phân tích đã lưu không phải JSON ({error}); hãy lập chỉ mục lại.") from error
    found = stored.get("format") if isinstance(stored, dict) else None
    if found != FORMAT or isinstance(found, bool):
        raise StoredAnalysisError(
            f"Bản phân tích đã lưu theo định dạng {found!r}, chương trình này đọc định dạng {FORMAT}; "
            "hãy lập chỉ mục lại."
        )
    return decode(Document, stored.get("document"))


def decode(kind: type[_T], value: object) -> _T:
    """Return the value of the dataclass `kind` that `encode` turned into `value`; raises StoredAnalysisError."""
    decoded = _decoder(typing.cast(object, kind))(value, kind.__name__.lower())
    assert isinstance(decoded, kind)
    return decoded


def encode(value: object) -> object:
    """Return a value of the dataclasses as objects, arrays and plain values of JSON."""
    if is_dataclass(value):
        return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value  # str (StrEnum included), int, bool, None


def _misfit(where: str, wanted: str, value: object) -> StoredAnalysisError:
    return StoredAnalysisError(
        f"Bản phân tích đã lưu bị sai ở {where}: cần {wanted}, gặp {type(value).__name__}; hãy lập chỉ mục lại."
    )


@cache
def _decoder(hint: object) -> _Decoder:
    """Return the function that reads a value of type `hint`; made once a type, since documents hold thousands."""
    if hint in (str, int, bool):
        return _plain(typing.cast(type, hint))
    if hint is date:
        return _decode_date
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _enumeration(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return _sequence(_decoder(arguments[0]))
    if origin in (types.UnionType, typing.Union) and len(arguments) == 2 and arguments[1] is type(None):
        return _optional(_decoder(arguments[0]))
    raise TypeError(f"knowledge.codec cannot store {hint!r}")


def _plain(kind: type) -> _Decoder:
    def decode(value: object, where: str) -> object:
        if type(value) is not kind:  # a bool is an int to isinstance, and not to us
            raise _misfit(where, kind.__name__, value)
        return value

    return decode


def _decode_date(value: object, where: str) -> object:
    try:
        return date.fromisoformat(typing.cast(str, value))
    except (TypeError, ValueError) as error:
        raise _misfit(where, "ngày", value) from error


def _enumeration(kind: type[StrEnum]) -> _Decoder:
    def decode(value: object, where: str) -> object:
        try:
            return kind(typing.cast(str, value))
        except ValueError as error:
            raise _misfit(where, kind.__name__, value) from error

    return decode


def _optional(inner: _Decoder) -> _Decoder:
    return lambda value, where: None if value is None else inner(value, where)


def _sequence(inner: _Decoder) -> _Decoder:
    def decode(value: object, where: str) -> object:
        if not isinstance(value, list):
            raise _misfit(where, "danh sách", value)
        return tuple(inner(item, f"{where}[{position}]") for position, item in enumerate(value))

    return decode


def _record(kind: type) -> _Decoder:
    hints = typing.get_type_hints(kind)
    decoders = {field.name: _decoder(hints[field.name]) for field in fields(kind)}

    def decode(value: object, where: str) -> object:
        if not isinstance(value, Mapping) or value.keys() != decoders.keys():
            raise _misfit(where, kind.__name__, value)
        return kind(**{name: inner(value[name], f"{where}.{name}") for name, inner in decoders.items()})

    return decode
