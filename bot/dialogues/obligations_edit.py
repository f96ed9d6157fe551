"""Correcting a duty before it is confirmed: what, when, who; and saying that another duty says it already. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.asking import VIETNAM
from bot.dialogues.duties import Decide
from bot.dialogues.managing import BACK, Pair, asks, ends, is_question, page, short, when
from bot.dialogues.obligations_view import (
    CARD,
    DATE,
    GONE,
    HOLDER,
    UNITS,
    WHAT,
    card,
    days_before,
    find,
    given_of,
    item_label,
    terms_in,
    terms_of,
)
from bot.dialogues.round_terms import pick_units, read_due
from bot.dialogues.state import Context, Managing, State, Step
from bot.domain.decisions import merge
from bot.domain.duty_terms import read_ladder, read_time, recurrence_in
from bot.domain.messages import Choice
from bot.domain.obligations import Item, Status, Terms
from bot.domain.occurrences import Rhythm, say, unfold
from knowledge.document import Recurrence
from knowledge.text import normalise

_LONGEST_WHAT = 200
_RECUR, _LADDER = Choice("recur", "Lặp lại theo kỳ"), Choice("ladder", "Lịch nhắc")
_EVERY = {
    Recurrence.MONTHLY: "Hằng tháng",
    Recurrence.QUARTERLY: "Hằng quý",
    Recurrence.HALF_YEARLY: "6 tháng một lần",
    Recurrence.YEARLY: "Hằng năm",
}
_ASKS = {
    Recurrence.MONTHLY: "Ngày nào trong tháng? Ví dụ: 25, cuối tháng, ngày làm việc cuối cùng.",
    Recurrence.QUARTERLY: "Ngày nào trong quý? Ví dụ: ngày 25 tháng cuối quý, hoặc 10/1, 10/4, 10/7, 10/10.",
    Recurrence.HALF_YEARLY: "Hai ngày nào trong năm? Ví dụ: 20/6 và 20/12.",
    Recurrence.YEARLY: "Ngày nào trong năm? Ví dụ: 15/11.",
}
_NO_TIME = "Không ghi giờ thì lấy 17:00."


def draft_of(item: Item, managing: Managing, context: Context) -> Terms:
    """Return the terms as corrected so far."""
    return terms_in(managing.given) or terms_of(item, context)


def ask_edit(state: State, item: Item, terms: Terms) -> Step:
    """Ask what to correct."""
    choices = (WHAT, replace(DATE, label="Hạn nộp"), _RECUR, replace(UNITS, label="Đơn vị"), _LADDER, CARD)
    return asks(state, HOLDER, "edit", "Anh/chị muốn sửa gì?", choices, given=given_of(item, terms))


def ask_what(state: State, item: Item, terms: Terms, problem: str = "") -> Step:
    """Ask for other words for the task."""
    says = f"{problem}Việc đang ghi: “{terms.what}”. Anh/chị gõ lại cho đúng, hoặc chọn Quay lại."
    return asks(state, HOLDER, "what", says, (CARD,), given=given_of(item, terms))


def ask_time(state: State, item: Item, terms: Terms, problem: str = "") -> Step:
    """Ask for the due time, or when in each period."""
    phrase = item.proposal.when
    quoted = f"Văn bản ghi “{phrase.text}”. " if phrase else "Văn bản không ghi thời hạn. "
    says = f"{problem}{quoted}Hạn nộp là khi nào? Ví dụ: 15/12, 15/12 11:30, ngày 25 tháng cuối quý. {_NO_TIME}"
    return asks(state, HOLDER, "time", says, (_RECUR, CARD), given=given_of(item, terms))


def ask_ladder(state: State, item: Item, terms: Terms, context: Context, problem: str = "") -> Step:
    """Ask how many days before it is due people are reminded."""
    usual = days_before(context.reminders.calendar.ladder.before)
    says = (
        f"{problem}Đang nhắc {days_before(terms.before) if terms.before else f'theo lịch chung: {usual}'}. Anh/chị gõ "
        "số ngày nhắc trước hạn, ví dụ: 30, 14, 7, 3, 1, 0 (0 là đúng ngày đến hạn); hoặc gõ “mặc định”."
    )
    # No choices: their numbers would be taken for days.
    return asks(state, HOLDER, "ladder", says, given=given_of(item, terms))


def _take_ladder(state: State, item: Item, terms: Terms, typed: str, context: Context) -> Step | None:
    before = read_ladder(typed)
    if before is None:
        problem = f"Chưa rõ số ngày trong “{short(typed, 60)}”. "
        return None if is_question(typed) else ask_ladder(state, item, terms, context, problem)
    return card(state, item.key, context, replace(terms, before=before))


def ask_recurrence(state: State, item: Item, terms: Terms) -> Step:
    """Ask how often."""
    choices = (*(Choice(f"e-{one.value}", label) for one, label in _EVERY.items()), Choice("once", "Một lần"), CARD)
    return asks(state, HOLDER, "recur", "Bao lâu một lần?", choices, given=given_of(item, terms))


def take_recurrence(state: State, item: Item, terms: Terms, key: str) -> Step:
    """Take how often, and ask on which day."""
    if key == "once":
        return ask_time(state, item, replace(terms, rhythm=None))
    every = next((one for one in _EVERY if f"e-{one.value}" == key), None)
    if every is None:
        return ask_recurrence(state, item, terms)
    return ask_days(state, item, terms, every)


def ask_days(state: State, item: Item, terms: Terms, every: Recurrence, problem: str = "") -> Step:
    """Ask on which day of each period."""
    says = f"{problem}{_EVERY[every]}: {_ASKS[every][:1].lower()}{_ASKS[every][1:]} {_NO_TIME}"
    given = (*given_of(item, terms), every.value)
    return asks(state, HOLDER, "days", says, (CARD,), given=given)


def take_typed(state: State, item: Item, managing: Managing, typed: str, context: Context) -> Step | None:
    """Take a typed answer to one of these; None: it is a question to the documents."""
    terms = draft_of(item, managing, context)
    match managing.doing:
        case "what":
            return _take_what(state, item, terms, " ".join(normalise(typed).split()), context)
        case "time":
            return None if is_question(typed) else _take_time(state, item, terms, typed, context)
        case "days" if len(managing.given) > 2:
            every = Recurrence(managing.given[2])
            return None if is_question(typed) else _take_days(state, item, terms, every, typed, context)
        case "ladder":
            return _take_ladder(state, item, terms, typed, context)
        case "units":
            return _take_units(state, item, terms, typed, context)
        case _:
            return None


def _take_what(state: State, item: Item, terms: Terms, what: str, context: Context) -> Step:
    if len(what) > _LONGEST_WHAT:
        return ask_what(state, item, terms, f"Dài {len(what)} ký tự, xin rút gọn còn {_LONGEST_WHAT}. ")
    if sum(letter.isalpha() for letter in what) < 3:
        return ask_what(state, item, terms, f"“{short(what, 40)}” chưa phải là tên việc. ")
    return card(state, item.key, context, replace(terms, what=what[:1].upper() + what[1:]))


def _take_time(state: State, item: Item, terms: Terms, typed: str, context: Context) -> Step:
    if recurrence_in(typed) is not None:
        found = read_time(typed, _local(context))
        if isinstance(found, Rhythm):
            return card(state, item.key, context, replace(terms, rhythm=found, due_at=None))
        return ask_time(state, item, terms, f"Chưa rõ ngày trong “{short(typed, 40)}”. ")
    due = read_due(typed, context.now)
    if isinstance(due, str):
        return ask_time(state, item, terms, f"{due} ")
    return card(state, item.key, context, replace(terms, due_at=due, rhythm=None))


def take_time_on_card(state: State, item: Item, terms: Terms, typed: str, context: Context) -> Step | None:
    """Take a date that was typed right under the card; None where it is none."""
    if is_question(typed) or not any(char.isdigit() for char in typed) or read_time(typed, _local(context)) is None:
        return None
    return _take_time(state, item, terms, typed, context)


def _take_days(state: State, item: Item, terms: Terms, every: Recurrence, typed: str, context: Context) -> Step:
    found = read_time(typed, _local(context), every)
    if not isinstance(found, Rhythm):
        return ask_days(state, item, terms, every, f"Chưa rõ ngày trong “{short(typed, 40)}”. ")
    return card(state, item.key, context, replace(terms, rhythm=found, due_at=None))


def _local(context: Context) -> datetime:
    return context.now.astimezone(VIETNAM)


def ask_units(state: State, item: Item, terms: Terms, context: Context, problem: str = "") -> Step:
    """Ask who owes it."""
    units = context.desk.units()
    if not units:
        return ends(state, "Chưa có đơn vị nào. Anh/chị gõ /donvi để thêm đơn vị, rồi gõ /nhiemvu.")
    who = f" (văn bản ghi “{short(item.proposal.who, 160)}”)" if item.proposal.who else ""
    lines = [f"{problem}Đơn vị nào phải làm{who}?"]
    lines += [f"{number}. {unit.name}" for number, unit in enumerate(units, 1)]
    lines.append("Anh/chị gõ “tất cả”, hoặc số hay tên các đơn vị, ví dụ: 1, 3. Gõ “quay lại” khi cần.")
    # No choices: their numbers would be taken for those of the units.
    return asks(state, HOLDER, "units", "\n".join(lines), given=given_of(item, terms))


def _take_units(state: State, item: Item, terms: Terms, typed: str, context: Context) -> Step | None:
    units = context.desk.units()
    picked = pick_units(typed, units)
    if picked is None:
        if is_question(typed):
            return None
        return ask_units(state, item, terms, context, f"Chưa rõ đơn vị trong “{short(typed, 60)}”. ")
    everyone = len(picked) == len(units) and len(units) > 1
    keys = () if everyone else tuple(unit.key for unit in picked)
    return card(state, item.key, context, replace(terms, units=keys, everyone=everyone))


# Merging


def ask_merge(state: State, item: Item, items: Sequence[Item], at: int = 0) -> Step:
    """Ask which duty says this one already."""
    pairs = others(item, items)
    if not pairs:
        return ends(state, "Không có nhiệm vụ nào khác để gộp. Anh/chị gõ /nhiemvu để xem lại.")
    says = f"“{short(item.proposal.what, 100)}” đã nằm trong nhiệm vụ nào? Nhiệm vụ được gộp không có hạn riêng nữa."
    return asks(state, HOLDER, "merge", says, (*page(pairs, at), BACK), given=given_of(item))


def others(item: Item, items: Sequence[Item]) -> list[Pair]:
    """Return the duties that another may be merged with: confirmed ones first, then those that wait."""
    fit = [one for one in items if one.key != item.key and one.status in (Status.CONFIRMED, Status.PROPOSED)]
    same = item.proposal.document
    fit.sort(key=lambda one: (one.status is not Status.CONFIRMED, one.proposal.document != same))
    return [(f"m{one.key}", item_label(one)) for one in fit]


def take_merge(state: State, item: Item, into: str, context: Context) -> Step:
    """Say that a duty is said by another one."""
    target = find(into, context.duties.items())
    if target is None:
        return ends(state, GONE)
    by = context.person.name if context.person else ""
    says = f"Đã gộp vào “{short(item_label(target), 200)}”. Gõ /nhiemvu để xem tiếp."
    return ends(state, says, Decide(merge(item, into, by, context.now)))


def schedule(item: Item, terms: Terms, context: Context) -> str:
    """Return what follows from a confirmed duty, in one line."""
    if terms.rhythm is not None:
        coming = unfold(item.key, terms.rhythm, context.now)
        return f"{say(terms.rhythm)}; một năm tới có {len(coming)} kỳ, kỳ gần nhất hạn {when(coming[0].due_at)}"
    return f"hạn {when(terms.due_at)}" if terms.due_at else ""
