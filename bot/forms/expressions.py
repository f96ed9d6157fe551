"""XPath over a partly filled form: is a prompt relevant, is an answer allowed, what is calculated.

XPath 1.0 is libxml2's (through lxml); the XForms functions that ODK adds are given here. One liberty of ODK's
engine (JavaRosa) is kept: inside an expression a date is the number of days since 1970-01-01, so that dates compare
and subtract. Source of the functions: ODK XForms Specification, "XPath Functions".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from lxml import etree

from bot.domain.forms import Form, Prompt, PromptKind, Repeat, Values

_EPOCH = date(1970, 1, 1)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


class ExpressionError(ValueError):
    """An expression cannot be evaluated: a fault of the form, found when it is uploaded."""


class Instance:
    """The answers so far as the XML tree that expressions are evaluated on."""

    def __init__(self, form: Form, values: Values, today: date) -> None:
        self._form = form
        self._functions = _functions(today)
        self.root = etree.Element("data")
        for item in form.items:
            if isinstance(item, Repeat):
                for entry in _entries(values.get(item.name)):
                    node = _grow(self.root, item.path, anew=True)
                    for prompt in item.prompts:
                        _leaf(node, prompt, entry.get(prompt.name, ""))
            else:
                value = values.get(item.name, "")
                _leaf(self.root, item, value if isinstance(value, str) else "")

    def node(self, prompt: Prompt, repeat: Repeat | None = None, index: int = 0) -> Any:
        """Return the element of `prompt`; `index` is the entry of its repeat, 0-based."""
        base = self.root if repeat is None else self.root.findall(repeat.path)[index]
        return base.find(prompt.path)

    def truth(self, expression: str, node: Any) -> bool:
        """Evaluate a condition at `node`."""
        return bool(self._evaluate(f"boolean({expression})", node))

    def text(self, expression: str, node: Any) -> str:
        """Evaluate a calculation at `node`; a whole number has no ".0"."""
        result = self._evaluate(expression, node)
        if isinstance(result, list):
            result = result[0].text or "" if result else ""
        if isinstance(result, bool):
            return "true" if result else "false"
        if isinstance(result, float):
            if result != result:
                return ""
            return str(int(result)) if result == int(result) else repr(result)
        return str(result)

    def _evaluate(self, expression: str, node: Any) -> Any:
        try:
            return etree.XPath(expression, extensions=self._functions)(node)
        except (etree.XPathError, ValueError, IndexError, TypeError) as error:
            raise ExpressionError(f"không hiểu biểu thức “{expression.strip()}”") from error


def is_relevant(prompt: Prompt | Repeat, instance: Instance, repeat: Repeat | None = None, index: int = 0) -> bool:
    """Tell whether `prompt` applies, given the answers so far."""
    if prompt.relevant is None:
        return True
    node = instance.root if isinstance(prompt, Repeat) else instance.node(prompt, repeat, index)
    return instance.truth(prompt.relevant, node)


def is_allowed(prompt: Prompt, instance: Instance, repeat: Repeat | None = None, index: int = 0) -> bool:
    """Tell whether the answer that stands in `instance` meets the prompt's constraint; an empty one always does."""
    node = instance.node(prompt, repeat, index)
    return prompt.constraint is None or not node.text or instance.truth(prompt.constraint, node)


def is_required(prompt: Prompt, instance: Instance, repeat: Repeat | None = None, index: int = 0) -> bool:
    """Tell whether `prompt` must be answered."""
    return prompt.required is not None and instance.truth(prompt.required, instance.node(prompt, repeat, index))


def calculated(form: Form, values: Values, today: date) -> dict[str, Any]:
    """Return `values` with every calculation done anew, in the form's order."""
    result: dict[str, Any] = dict(values)
    for prompt, repeat in form.prompts():
        if prompt.calculation is None:
            continue
        instance = Instance(form, result, today)
        if repeat is None:
            result[prompt.name] = _stored(prompt, instance.text(prompt.calculation, instance.node(prompt)))
            continue
        result[repeat.name] = tuple(
            {
                **entry,
                prompt.name: _stored(prompt, instance.text(prompt.calculation, instance.node(prompt, repeat, index))),
            }
            for index, entry in enumerate(_entries(result.get(repeat.name)))
        )
    return result


def _entries(value: object) -> tuple[Mapping[str, str], ...]:
    return value if isinstance(value, tuple) else ()


def _leaf(parent: Any, prompt: Prompt, value: str) -> None:
    is_day = prompt.kind is PromptKind.DATE and _ISO.fullmatch(value)
    text = str((date.fromisoformat(value) - _EPOCH).days) if is_day else value
    _grow(parent, prompt.path).text = text


def _grow(parent: Any, path: str, *, anew: bool = False) -> Any:
    """Return the element at `path` below `parent`, made with its groups where absent; `anew` adds another one."""
    *groups, last = path.split("/")
    for name in groups:
        found = parent.find(name)
        parent = etree.SubElement(parent, name) if found is None else found
    found = None if anew else parent.find(last)
    return etree.SubElement(parent, last) if found is None else found


def _stored(prompt: Prompt, text: str) -> str:
    """Turn a date's day number back into ISO where the prompt holds a date."""
    if prompt.kind is PromptKind.DATE and re.fullmatch(r"-?\d+", text):
        return (_EPOCH + timedelta(days=int(text))).isoformat()
    return text


def _string(argument: Any) -> str:
    if isinstance(argument, list):
        return (argument[0].text or "") if argument else ""
    if isinstance(argument, float) and argument == int(argument):
        return str(int(argument))
    return str(argument)


def _truth(argument: Any) -> bool:
    if isinstance(argument, float):
        return argument == argument and argument != 0
    return bool(argument)


def _days(argument: Any) -> float:
    text = _string(argument)
    if _ISO.match(text):
        return float((date.fromisoformat(text[:10]) - _EPOCH).days)
    return float(text) if text else float("nan")


def _format_date(argument: Any, pattern: Any) -> str:
    days = _days(argument)
    return "" if days != days else (_EPOCH + timedelta(days=int(days))).strftime(_string(pattern).replace("%n", "%m"))


def _round(argument: Any, digits: float) -> float:
    return round(float(_string(argument) or "nan"), int(digits))


def _strings(given: tuple[Any, ...]) -> list[str]:
    """Return what is not blank among values and the values of nodes: "max" takes either."""
    nodes = (one for some in given if isinstance(some, list) for one in some)
    plain = (_string(one) for one in given if not isinstance(one, list))
    return [text for text in (*(node.text or "" for node in nodes), *plain) if text]


def _numbers(given: tuple[Any, ...]) -> list[float]:
    return [float(text) for text in _strings(given)]


def _functions(today: date) -> dict[tuple[None, str], Callable[..., Any]]:
    """Return the XForms functions; lxml passes its context first, which none of them needs."""
    day = float((today - _EPOCH).days)
    return {
        (None, "if"): lambda _, condition, yes, no: yes if _truth(condition) else no,
        (None, "selected"): lambda _, chosen, name: _string(name) in _string(chosen).split(),
        (None, "count-selected"): lambda _, chosen: float(len(_string(chosen).split())),
        (None, "coalesce"): lambda _, first, second: _string(first) or _string(second),
        (None, "regex"): lambda _, text, pattern: re.fullmatch(_string(pattern), _string(text)) is not None,
        (None, "today"): lambda _: day,
        (None, "now"): lambda _: day,
        (None, "date"): lambda _, text: _days(text),
        (None, "format-date"): lambda _, when, pattern: _format_date(when, pattern),
        (None, "int"): lambda _, number: float(int(float(_string(number) or "nan"))),
        (None, "round"): lambda _, number, digits=0.0: _round(number, digits),
        (None, "once"): lambda _, text: _string(text),
        (None, "max"): lambda _, *given: max(_numbers(given), default=float("nan")),
        (None, "min"): lambda _, *given: min(_numbers(given), default=float("nan")),
        (None, "join"): lambda _, between, *given: _string(between).join(_strings(given)),
        (None, "count-non-empty"): lambda _, nodes: float(len(_strings((nodes,)))),
    }


# Those of XPath 1.0 are libxml2's.
FUNCTIONS = frozenset(name for _, name in _functions(_EPOCH)) | frozenset(
    "last position count string concat starts-with contains substring-before substring-after substring string-length "
    "normalize-space translate boolean not true false number sum floor ceiling text node".split()
)
