"""A small parser of the kind called PEG: rules that read like the grammar they state.

A rule reads tokens from a position and gives back what it captured and where it stopped, or None. `a + b` is
"a then b", `a | b` is "a, else b"; `maybe`, `many`, `longest` do what they say. Each rule knows the pairs of tokens
it can begin with, so that a long text is searched only where a phrase can begin.

Knows nothing of dates: that is `knowledge.time_grammar`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from knowledge.text import fold
from knowledge.time_tokens import BREAK, NUMBER, Token, Tokens

Captures = Mapping[str, int]  # like the named groups of a regular expression: "day": 15, "to.month": 11
Result = tuple[Captures, int] | None
_NOTHING: Captures = {}


END = ""  # as a second token: the rule may be over after its first
ANY = "*"  # as a first or second token: nothing is known

Opening = Mapping[str, frozenset[str]]  # first token → the tokens that may follow it (NUMBER stands for numbers)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the grammar."""

    parse: Callable[[Tokens, int], Result]
    opening: Opening
    empty: bool = False  # it can succeed without reading anything

    def __add__(self, other: Rule) -> Rule:
        """Return the rule "this, then `other`"."""
        left, right = self.parse, other.parse

        def parse(tokens: Tokens, at: int) -> Result:
            one = left(tokens, at)
            if one is None:
                return None
            two = right(tokens, one[1])
            if two is None:
                return None
            if not two[0]:
                return one[0], two[1]
            return ({**one[0], **two[0]} if one[0] else two[0]), two[1]

        return Rule(parse, _then(self, other), self.empty and other.empty)

    def __or__(self, other: Rule) -> Rule:
        """Return the rule "this, or where it fails `other`"."""
        left, right = self.parse, other.parse
        return Rule(
            lambda tokens, at: left(tokens, at) or right(tokens, at),
            _either(self.opening, other.opening),
            self.empty or other.empty,
        )


def _either(*openings: Opening) -> Opening:
    merged: dict[str, frozenset[str]] = {}
    for opening in openings:
        for first, seconds in opening.items():
            merged[first] = merged[first] | seconds if first in merged else seconds
    return merged


def _then(one: Rule, two: Rule) -> Opening:
    after = frozenset(two.opening)
    opening = {
        first: (seconds if two.empty else seconds - {END}) | after if END in seconds else seconds
        for first, seconds in one.opening.items()
    }
    return _either(opening, two.opening) if one.empty else opening


def word(*forms: str) -> Rule:
    """Return a rule for one syllable or mark out of `forms`; lines without diacritics match the folded forms too."""
    exact = frozenset(forms)
    folded = exact | {fold(form) for form in forms}

    def parse(tokens: Tokens, at: int) -> Result:
        if at < len(tokens.items) and tokens.items[at].key in (folded if tokens.plain[at] else exact):
            return _NOTHING, at + 1
        return None

    return Rule(parse, dict.fromkeys((NUMBER if form.isdigit() else form for form in folded), frozenset({END})))


def words(*phrases: str) -> Rule:
    """Return a rule for one of `phrases`, each of one or more syllables; the longest that fits wins."""
    ordered = sorted(phrases, key=lambda phrase: -len(phrase.split()))
    rules = [_sequence(phrase.split()) for phrase in ordered]
    rule = rules[0]
    for other in rules[1:]:
        rule = rule | other
    return rule


def _sequence(forms: list[str]) -> Rule:
    rule = word(forms[0])
    for form in forms[1:]:
        rule = rule + word(form)
    return rule


def number(name: str, low: int, high: int, digits: tuple[int, ...] = (1, 2)) -> Rule:
    """Return a rule for a number from `low` to `high` of so many digits, captured as `name` ("" captures nothing)."""

    def parse(tokens: Tokens, at: int) -> Result:
        if at >= len(tokens.items):
            return None
        token = tokens.items[at]
        if token.number is None or token.digits not in digits or not low <= token.number <= high:
            return None
        return ({name: token.number} if name else _NOTHING), at + 1

    return Rule(parse, {NUMBER: frozenset({END})})


def maybe(rule: Rule) -> Rule:
    """Return the rule "`rule` or nothing"."""
    return Rule(lambda tokens, at: rule.parse(tokens, at) or (_NOTHING, at), rule.opening, True)


def many(rule: Rule) -> Rule:
    """Return the rule "`rule` as often as it fits, also never"."""

    def parse(tokens: Tokens, at: int) -> Result:
        captures: dict[str, int] = {}
        while (result := rule.parse(tokens, at)) is not None and result[1] > at:
            captures.update(result[0])
            at = result[1]
        return captures, at

    return Rule(parse, _then(rule, Rule(parse, rule.opening, True)), True)


def longest(*rules: Rule) -> Rule:
    """Return the rule that gives whichever of `rules` reads furthest; of equals the first."""

    def parse(tokens: Tokens, at: int) -> Result:
        best: Result = None
        for rule in rules:
            result = rule.parse(tokens, at)
            if result is not None and (best is None or result[1] > best[1]):
                best = result
        return best

    return Rule(parse, _either(*(rule.opening for rule in rules)), any(rule.empty for rule in rules))


def mark(rule: Rule, **captures: int) -> Rule:
    """Return `rule` that also captures these values."""

    def parse(tokens: Tokens, at: int) -> Result:
        result = rule.parse(tokens, at)
        return None if result is None else ({**result[0], **captures}, result[1])

    return Rule(parse, rule.opening, rule.empty)


def under(prefix: str, rule: Rule) -> Rule:
    """Return `rule` with its captures renamed "prefix.name"."""

    def parse(tokens: Tokens, at: int) -> Result:
        result = rule.parse(tokens, at)
        return None if result is None else ({f"{prefix}.{name}": value for name, value in result[0].items()}, result[1])

    return Rule(parse, rule.opening, rule.empty)


def given(rule: Rule, test: Callable[[Tokens, int, int], bool]) -> Rule:
    """Return `rule` that holds only where `test(tokens, begin, end)` does."""

    def parse(tokens: Tokens, at: int) -> Result:
        result = rule.parse(tokens, at)
        return result if result is not None and test(tokens, at, result[1]) else None

    return Rule(parse, rule.opening, rule.empty)


def openings(productions: Iterable[tuple[str, Rule]]) -> dict[tuple[str, str], tuple[tuple[str, Rule], ...]]:
    """Return for each pair of tokens the productions that can begin with it; (first, END) serves any second."""
    table: dict[tuple[str, str], list[tuple[str, Rule]]] = {}
    for name, rule in productions:
        for first, seconds in rule.opening.items():
            loose = END in seconds or ANY in seconds
            for second in {END} if loose else seconds:
                table.setdefault((first, second), []).append((name, rule))
    return {pair: tuple(found) for pair, found in table.items()}


def ahead(rule: Rule, *, absent: bool = False) -> Rule:
    """Return a rule that reads nothing and holds where `rule` would (or would not) fit next."""

    def parse(tokens: Tokens, at: int) -> Result:
        return None if (rule.parse(tokens, at) is None) != absent else (_NOTHING, at)

    return Rule(parse, {}, True)


def filler(low: int, high: int, stop: Callable[[Token], bool], until: Rule | None = None) -> Rule:
    """Return a rule for `low` to `high` words of no fixed form: to a mark or a `stop` word, or just before `until`."""

    def parse(tokens: Tokens, at: int) -> Result:
        for end in range(at, min(at + high, len(tokens.items)) + 1):
            if until is not None and end - at >= low and until.parse(tokens, end) is not None:
                return _NOTHING, end
            token = tokens.items[end] if end < len(tokens.items) else None
            if token is None or token.key == BREAK or not token.word or stop(token):
                return (_NOTHING, end) if until is None and end - at >= low else None
        return (_NOTHING, at + high) if until is None else None

    return Rule(parse, {ANY: frozenset({ANY})}, low == 0)
