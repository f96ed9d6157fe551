"""Report forms as values: what is asked, in which order, under which conditions.

A form is read from an XLSForm workbook (`bot.forms.xlsform`); its conditions
are XPath expressions evaluated by `bot.forms.expressions`. Knows neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

# What was answered. Text as XForms writes it: "12", "12.5", "2025-11-15", a choice's name, several names or several
# files (sha256) separated by a space. A repeat holds one mapping for each time it was filled in.
Value = str | tuple[Mapping[str, str], ...]
Values = Mapping[str, Value]


class PromptKind(StrEnum):
    """The types of XLSForm that a conversation can ask."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    NOTE = "note"  # shown, not asked
    FILE = "file"  # image or file
    CALCULATE = "calculate"  # neither shown nor asked


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a select."""

    name: str  # what is stored
    label: str  # what is shown


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing asked, shown or calculated. Expressions are XPath 1.0 with XForms functions, None where absent."""

    name: str  # unique in the form
    path: str  # where expressions find it below the root, or below its repeat: "nhom_1/so_sang_kien"
    kind: PromptKind
    label: str
    hint: str = ""
    options: tuple[Option, ...] = ()
    required: str | None = None
    required_message: str = ""
    relevant: str | None = None
    constraint: str | None = None
    constraint_message: str = ""
    default: str = ""
    calculation: str | None = None
    group: str = ""  # label of the enclosing group, shown above the first of its prompts


@dataclass(frozen=True, slots=True)
class Repeat:
    """Prompts asked as many times as there is something to tell ("cá nhân tiêu biểu")."""

    name: str
    path: str  # below the root
    label: str
    prompts: tuple[Prompt, ...]
    relevant: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """One version of a form. A round keeps the version it started with."""

    form_id: str
    version: str
    title: str
    items: tuple[Prompt | Repeat, ...]

    def prompts(self) -> Iterator[tuple[Prompt, Repeat | None]]:
        """Yield every prompt in order, with the repeat it belongs to."""
        for item in self.items:
            if isinstance(item, Repeat):
                for prompt in item.prompts:
                    yield prompt, item
            else:
                yield item, None

    def prompt(self, name: str) -> Prompt:
        """Return the prompt called `name`; KeyError when there is none."""
        for prompt, _ in self.prompts():
            if prompt.name == name:
                return prompt
        raise KeyError(name)
