"""What the column "type" of an XLSForm says: a question, the begin or the end of a group, a list to choose from."""

from __future__ import annotations

import re
from dataclasses import dataclass

GROUP, REPEAT = "group", "repeat"
SELECT_ONE, SELECT_MULTIPLE = "select_one", "select_multiple"
SELECTS = (SELECT_ONE, SELECT_MULTIPLE)
MEDIA = ("image", "big-image", "audio", "video", "media")  # columns, of questions and of choices
# What people write under "required", beside the "yes" of XLSForm.
YES = frozenset({"yes", "true", "true()", "có", "co", "1", "x", "bắt buộc", "bat buoc"})
NO = frozenset({"no", "false", "false()", "không", "khong", "0"})

# As XLSForm and its older spellings write them, in small letters.
_QUESTIONS = {
    "text": "text", "string": "text", "integer": "integer", "int": "integer", "decimal": "decimal", "date": "date",
    "note": "note", "calculate": "calculate", "image": "image", "photo": "image", "file": "file",
}  # fmt: skip
_SELECT = re.compile(
    r"(?:(?P<one>select_one|select one|select1)|select_multiple|select multiple|select all that apply)(?: from)?"
    r"(?:\s+(?P<list>\S+?))?(?P<other>\s+(?:or_other|or specify other))?",
    re.I,
)
_BOUND = re.compile(r"(?P<which>begin|end)[ _](?:looped )?l?(?P<what>group|repeat)", re.I)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a row is, of what can be asked."""

    name: str  # "integer", "select_one", "group", …
    begins: bool = False
    ends: bool = False
    list_name: str = ""
    or_other: bool = False


def kind_of(typed: str) -> Kind | None:
    """Return what a row of this type is; None where it is nothing that can be asked."""
    if typed.lower() in _QUESTIONS:
        return Kind(_QUESTIONS[typed.lower()])
    if bound := _BOUND.fullmatch(typed):
        begins = bound["which"].lower() == "begin"
        return Kind(bound["what"].lower(), begins=begins, ends=not begins)
    if select := _SELECT.fullmatch(typed):
        name = SELECT_ONE if select["one"] else SELECT_MULTIPLE
        return Kind(name, list_name=select["list"] or "", or_other=bool(select["other"]))
    return None
