"""Answers that a form's own words speak of, "Kể tên ${so_tap_the} tập thể", put in or left open. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.domain.answers import shown, shown_number
from bot.domain.forms import Form, PromptKind, Values

_REFERENCE = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?")
OPEN = "…"  # stands for an answer that is not there, or that is each unit's own


def filled(form: Form, values: Values, text: str, entry: Mapping[str, str] | None = None) -> str:
    """Return a label, hint or note with the answers it refers to put in; `entry` holds those of its repeat's entry.

    `values` are those with everything calculated (`bot.forms.expressions.calculated`).
    """

    def put(match: re.Match[str]) -> str:
        value = (entry or {}).get(match[1], values.get(match[1], ""))
        try:
            prompt = form.prompt(match[1])
        except KeyError:
            return match[0]
        if prompt.kind is PromptKind.CALCULATE and isinstance(value, str) and _NUMBER.fullmatch(value):
            return shown_number(value)
        return shown(prompt, value) if isinstance(value, str) and value else OPEN

    return _REFERENCE.sub(put, text)


def left_open(text: str) -> str:
    """Return a label for a heading over the answers of many units."""
    return _REFERENCE.sub(OPEN, text)
