"""The grammar of time at work: phrases of time in a text, and what each says.

`find_times` finds them all, `parse_time` reads one, `describe` says in Vietnamese what was understood. The grammar
itself is in `knowledge.time_points`, `.time_limits` and `.time_grammar`, its meaning in `knowledge.time_meaning`.

Knows nothing of duties: whether a date is a deadline of somebody is for `knowledge.obligations` to say.
"""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.document import PartialDate, Recurrence, TimeKind, TimePhrase
from knowledge.time_grammar import CELL, LISTED, PRODUCTIONS
from knowledge.time_meaning import MEANING, Reading, calendar_day
from knowledge.time_parser import END, Captures, openings
from knowledge.time_tokens import NUMBER, Tokens, tokenise

_OPENINGS = openings(PRODUCTIONS)
_LINK = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:(?:,|;|và|hoặc|va|hoac)\s*)+", re.IGNORECASE)


def find_times(text: str, *, issued: PartialDate | None = None) -> tuple[TimePhrase, ...]:
    """Return every phrase of time in `text`, in order, never overlapping, each as long as the grammar reaches.

    `issued` is the date of the document the text comes from: it dates "ngày ký" and "năm nay", nothing else.
    """
    tokens = tokenise(text)
    found: list[TimePhrase] = []
    at = 0
    while at < len(tokens.items):
        read = _read(tokens, at, issued)
        if read is None:
            at += 1
            continue
        phrase, at = read
        found.append(phrase)
        while (more := _listed(tokens, at, phrase, issued)) is not None:
            phrase, at = more
            found.append(phrase)
    return _share(found, text)


def parse_time(phrase: str, *, issued: PartialDate | None = None) -> TimePhrase | None:
    """Return what `phrase` says when it is one phrase of time, else the first phrase of time in it, else None.

    Alone, as in a cell of a table, "11/2025" and "15/11" are times too.
    """
    tokens = tokenise(phrase)
    last = len(tokens.items)
    while last and not (
        tokens.items[last - 1].word or tokens.items[last - 1].digits or tokens.items[last - 1].key == ")"
    ):
        last -= 1
    cell = CELL.parse(tokens, 0)
    if cell is not None and cell[1] == last:
        return MEANING["span" if "to.year" in cell[0] else "point"](_reading(tokens, 0, cell, issued))
    found = find_times(phrase, issued=issued)
    return found[0] if found else None


def _reading(tokens: Tokens, at: int, result: tuple[Captures, int], issued: PartialDate | None) -> Reading:
    start, end = tokens.items[at].start, tokens.items[result[1] - 1].end
    return Reading(result[0], tokens.text[start:end], start, end, issued)


def _gate(tokens: Tokens, at: int) -> str:
    if at >= len(tokens.items):
        return END
    return NUMBER if tokens.items[at].digits else tokens.items[at].key


def _read(tokens: Tokens, at: int, issued: PartialDate | None) -> tuple[TimePhrase, int] | None:
    """Return the longest phrase that begins at token `at` and means something, with the token after it."""
    first, second = _gate(tokens, at), _gate(tokens, at + 1)
    productions = _OPENINGS.get((first, END), ())
    if second != END:
        productions += _OPENINGS.get((first, second), ())
    fits = [(name, result) for name, rule in productions if (result := rule.parse(tokens, at)) is not None]
    for name, result in sorted(
        ((name, _closed(tokens, at, result)) for name, result in fits), key=lambda fit: -fit[1][1]
    ):
        phrase = MEANING[name](_reading(tokens, at, result, issued))
        if phrase is not None:
            return phrase, result[1]
    return None


def _closed(tokens: Tokens, at: int, result: tuple[Captures, int]) -> tuple[Captures, int]:
    """Return the result with the bracket that closes one it opened: "định kỳ (6 tháng và hằng năm)"."""
    keys = [token.key for token in tokens.items[at : result[1] + 1]]
    opened = keys[:-1].count("(") > keys[:-1].count(")") if len(keys) > result[1] - at else False
    return (result[0], result[1] + 1) if opened and keys[-1] == ")" else result


def _listed(tokens: Tokens, at: int, previous: TimePhrase, issued: PartialDate | None) -> tuple[TimePhrase, int] | None:
    """Read on in a list of days: "trước ngày 15/6 và 15/12 hằng năm"."""
    if previous.day is None:
        return None
    begin = at
    while begin < len(tokens.items) and tokens.items[begin].key in ("và", "va", ",", "hoặc", "hoac"):
        begin += 1
    result = LISTED.parse(tokens, begin) if begin > at else None
    if result is None:
        return None
    name = "dated recurrence" if any(key.startswith("every") for key in result[0]) else "point"
    phrase = MEANING[name](_reading(tokens, begin, result, issued))
    if phrase is None:
        return None
    kind = phrase.kind if name == "dated recurrence" else previous.kind
    return replace(phrase, kind=kind, exclusive=previous.exclusive), result[1]


def _share(found: list[TimePhrase], text: str) -> tuple[TimePhrase, ...]:
    """Give the days of a list what only its last one says."""
    for index in range(len(found) - 2, -1, -1):
        if _LINK.fullmatch(text, found[index].end, found[index + 1].start) is not None:
            found[index] = _borrow(found[index], found[index + 1])
    return tuple(found)


def _borrow(one: TimePhrase, last: TimePhrase) -> TimePhrase:
    """Return `one` with the rhythm or the year of `last`: "15/6 và 15/12 hằng năm", "15/6 và 15/12/2025"."""
    if one.recurrence is not None or one.due is not None:
        return one
    yearly = one.month is not None and last.month is not None and last.recurrence is Recurrence.YEARLY
    monthly = one.month is None and one.day is not None and last.recurrence is Recurrence.MONTHLY
    if yearly or (monthly and last.day is not None):
        return replace(one, kind=TimeKind.RECURRENCE, recurrence=last.recurrence)
    if one.day is None or one.month is None:
        return one
    if last.due is None or last.kind not in (TimeKind.DEADLINE, TimeKind.DATE):
        return one
    if (one.month, one.day) >= (last.due.month, last.due.day):
        return one
    due = calendar_day(last.due.year, one.month, one.day)
    return one if due is None else replace(one, due=due, day=None, month=None)


_RHYTHM = {
    Recurrence.WEEKLY: "hằng tuần",
    Recurrence.MONTHLY: "hằng tháng",
    Recurrence.QUARTERLY: "hằng quý",
    Recurrence.HALF_YEARLY: "6 tháng một lần",
    Recurrence.YEARLY: "hằng năm",
    Recurrence.ON_REQUEST: "khi có yêu cầu",
    Recurrence.UNSPECIFIED: "định kỳ, không nêu thời hạn cụ thể",
}


def describe(phrase: TimePhrase) -> str:
    """Return in Vietnamese what was understood: "trước ngày 05/12/2025", "hằng năm, chậm nhất ngày 15/11"."""
    limit = "trước" if phrase.exclusive else "chậm nhất"
    if phrase.due is not None:
        due = f"{phrase.due:%d/%m/%Y}"
        if phrase.kind is TimeKind.DATE:
            return f"ngày {due}"
        if phrase.begin is not None and phrase.begin != phrase.due:
            return f"từ ngày {phrase.begin:%d/%m/%Y} đến {'trước' if phrase.exclusive else 'hết'} ngày {due}"
        return f"{limit} ngày {due}"
    day = _day(phrase)
    if phrase.recurrence is not None:
        rhythm = _RHYTHM[phrase.recurrence]
        return f"{rhythm}, {limit} {day}" if day else rhythm
    if phrase.begin is not None:
        return f"từ ngày {phrase.begin:%d/%m/%Y}, không nêu ngày kết thúc"
    return f"{limit} {day}, không nêu năm" if day else "không nêu ngày cụ thể"


def _day(phrase: TimePhrase) -> str:
    if phrase.day is None:
        return f"tháng {phrase.month}" if phrase.month is not None else ""
    return f"ngày {phrase.day}/{phrase.month}" if phrase.month is not None else f"ngày {phrase.day}"
