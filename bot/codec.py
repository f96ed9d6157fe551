"""Frozen dataclasses to JSON and back, for what is kept between two messages: states, messages, replies.

Reading is lenient where time passes: a field that is absent takes its default, one that is unknown is ignored, so that
a newer program reads what an older one kept. Anything else that does not fit raises CodecError.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar

Value = TypeVar("Value")


class CodecError(ValueError):
    """What was kept does not fit the type it should be read as."""


def dumps(value: Any) -> str:
    """Return a dataclass as JSON; fields that hold their default are left out."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def loads(kind: type[Value], text: str) -> Value:
    """Return the `kind` that `dumps` wrote; CodecError where `text` is nothing of the sort."""
    try:
        value: Value = _typed(kind, json.loads(text))
    except (ValueError, TypeError, KeyError) as error:
        raise CodecError(f"not a {kind.__name__}: {error}") from error
    return value


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        kept = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: _plain(item) for field, item in kept if item != field.default}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted((_plain(item) for item in value), key=repr)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _typed(kind: Any, value: Any) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is Any:
        return value
    if origin in (typing.Union, types.UnionType):
        return _one_of(arguments, value)
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            return tuple(_typed(arguments[0], item) for item in value)
        return tuple(_typed(item_kind, item) for item_kind, item in zip(arguments, value, strict=True))
    if origin is frozenset:
        return frozenset(_typed(arguments[0], item) for item in value)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {key: _typed(arguments[1], item) for key, item in value.items()}
    if is_dataclass(kind):
        return _object(typing.cast(type, kind), value)
    return _scalar(kind, value)


def _one_of(kinds: tuple[Any, ...], value: Any) -> Any:
    if value is None and type(None) in kinds:
        return None
    failure: Exception | None = None
    for kind in kinds:
        if kind is type(None):
            continue
        try:
            return _typed(kind, value)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            failure = error
    raise ValueError(f"none of {kinds} fits: {failure}")


def _object(kind: type, value: Any) -> Any:
    if not isinstance(value, dict):
        raise ValueError(f"{kind.__name__} from {type(value).__name__}")
    hints = _hints(kind)
    return kind(**{name: _typed(hints[name], item) for name, item in value.items() if name in hints})


def _scalar(kind: Any, value: Any) -> Any:
    if kind in (datetime, date):
        return kind.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if type(value) is not kind:  # bool is an int to isinstance
        raise ValueError(f"{kind} from {type(value).__name__}")
    return value
