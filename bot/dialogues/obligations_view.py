"""How a duty is shown to an admin: its words, where they stand, what was understood, what may be done. Pure.

What is under way is `Managing.given`: the key of the duty, and its terms as JSON while they are being corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot import wording
from bot.codec import dumps, loads
from bot.dialogues.managing import asks, ends, short, when
from bot.dialogues.state import Context, State, Step
from bot.domain import owed
from bot.domain.messages import Choice
from bot.domain.obligations import Change, Item, Status, Terms, differences, waiting
from bot.domain.occurrences import say, unfold
from bot.domain.people import Unit
from bot.domain.rounds import Round
from knowledge.document import Recurrence
from knowledge.text import fold, syllables

HOLDER = "duties"
CONFIRM, SAVE = Choice("confirm", "Xác nhận"), Choice("confirm", "Lưu thay đổi")
DATE, UNITS, WHAT = Choice("time", "Nhập hạn"), Choice("units", "Chọn đơn vị"), Choice("what", "Việc")
EDIT, MERGE, DISMISS = Choice("edit", "Sửa"), Choice("merge", "Gộp với …"), Choice("dismiss", "Bỏ qua")
NEXT, OPEN = Choice("next", "Nhiệm vụ tiếp theo"), Choice("open", "Mở đợt báo cáo")
KEEP, ADOPT = Choice("keep", "Giữ như đã quyết định"), Choice("adopt", "Theo văn bản mới")
CLOSE, STILL = Choice("close", "Đóng đợt báo cáo"), Choice("keep", "Vẫn giữ nhiệm vụ")
AGAIN, LATER = Choice("again", "Xét lại từ đầu"), Choice("later", "Để sau")
LIST, CARD = Choice("list", "Đã quyết định"), Choice("card", "Quay lại")
STATUSES = {
    Status.PROPOSED: "chờ xác nhận",
    Status.CONFIRMED: "đã xác nhận",
    Status.DISMISSED: "đã bỏ qua",
    Status.MERGED: "đã gộp vào nhiệm vụ khác",
}
_NO_TERMS = (Status.DISMISSED, Status.MERGED)  # nothing is asked of anybody
GONE = "Nhiệm vụ này không còn trong văn bản. Anh/chị gõ /nhiemvu để xem lại danh sách."


def find(key: str, items: Sequence[Item]) -> Item | None:
    """Return the duty of that key."""
    return next((one for one in items if one.key == key), None)


def named(words: str, items: Iterable[Item]) -> list[Item]:
    """Return the duties whose document, place or task has all of `words`: "912", "bao cao ke hoach 912"."""
    wanted = set(syllables(fold(words)))
    texts = ((one, f"{one.proposal.name} {one.proposal.file} {item_label(one)}") for one in items)
    return [one for one, text in texts if wanted and wanted <= set(syllables(fold(text)))]


def terms_in(given: tuple[str, ...]) -> Terms | None:
    """Return the terms that are being corrected; None where nothing was changed yet."""
    return loads(Terms, given[1]) if len(given) > 1 and given[1] else None


def given_of(item: Item, terms: Terms | None = None) -> tuple[str, ...]:
    """Return what is remembered while a duty is looked at."""
    return (item.key, dumps(terms)) if terms is not None else (item.key,)


def terms_of(item: Item, context: Context) -> Terms:
    """Return the terms that hold now: those decided, or what the document gives."""
    if item.decision is not None and item.decision.terms is not None:
        return item.decision.terms
    return context.duties.proposed(item.proposal)


def card(state: State, key: str, context: Context, draft: Terms | None = None, first: str = "") -> Step:
    """Show one duty with what may be done about it; `draft`: its terms, corrected but not confirmed yet."""
    items = context.duties.items()
    item = find(key, items)
    if item is None:
        return ends(state, GONE)
    terms = draft or terms_of(item, context)
    lines = [*([first] if first else ()), _head(item, items, context), *_source(item)]
    lines += _terms(item, terms, context) if draft or item.status not in _NO_TERMS else _merged(item, items)
    lines += _rounds(context.duties.rounds(key))
    choices = _choices(item, terms, draft is not None, items, context)
    return asks(state, HOLDER, "card", "\n".join(lines), choices, given=given_of(item, draft))


def _merged(item: Item, items: Sequence[Item]) -> list[str]:
    into = find(item.decision.into or "", items) if item.decision else None
    return [f"Đã gộp vào: {item_label(into)}."] if into else []


def item_label(item: Item) -> str:
    """Return a duty in a list: where it stands, and what it is."""
    words = item.decision.terms.what if item.decision and item.decision.terms else item.proposal.what
    return f"{wording.place(item.proposal.section)}: {words}"


def _head(item: Item, items: Sequence[Item], context: Context) -> str:
    kind = wording.DUTIES[item.proposal.kind]
    keys = [one.key for one in waiting(items, context.now)]
    if item.key in keys:
        return f"Nhiệm vụ {keys.index(item.key) + 1}/{len(keys)} · {kind} · {_state(item)}"
    return f"Nhiệm vụ · {kind} · {_state(item)}"


def _state(item: Item) -> str:
    if item.unsettled:
        told = "văn bản đã thay đổi" if item.change is Change.CHANGED else "không còn trong văn bản"
        return f"{STATUSES[item.status]}, {told}"
    decision = item.decision
    if decision is None:
        return STATUSES[Status.PROPOSED]
    return f"{STATUSES[decision.status]} ({decision.by}, {when(decision.at)})"


def _source(item: Item) -> list[str]:
    one = item.proposal
    lines = [f"{one.name}, {wording.place(one.section)} ({one.file}):", f"“{one.quote}”"]
    if item.change is Change.CHANGED and item.decision is not None:
        lines += [
            f"{part}: trước đây “{short(was, 300) or '–'}”, nay “{short(now, 300) or '–'}”."
            for part, was, now in differences(item.decision.seen, one)
        ]
    if item.change is Change.GONE:
        lines.append("Văn bản đã được thu hồi, thay thế, hoặc không còn ghi nhiệm vụ này.")
    return lines


def _terms(item: Item, terms: Terms, context: Context) -> list[str]:
    lines = [f"Việc: {terms.what}", f"Đơn vị: {units_words(item, terms, context)}"]
    if item.proposal.to:
        lines.append(f"Nơi nhận: {item.proposal.to}")
    lines.append(f"Hạn: {time_words(item, terms, context)}")
    return [*lines, f"Nhắc: {days_before(terms.before)}."] if terms.before else lines


def days_before(days: Sequence[int]) -> str:
    """Return the days of a ladder: "trước hạn 14, 7 ngày, trong ngày đến hạn"."""
    ahead = [str(day) for day in days if day]
    parts = [f"trước hạn {', '.join(ahead)} ngày"] if ahead else []
    return ", ".join([*parts, "trong ngày đến hạn"] if 0 in days else parts)


def time_words(item: Item, terms: Terms, context: Context) -> str:
    """Return when a duty is due, where that comes from, and what is missing."""
    phrase = item.proposal.when
    quoted = f"văn bản ghi “{phrase.text}”" if phrase else "văn bản không ghi thời hạn"
    if terms.rhythm is not None:
        coming = unfold(item.key, terms.rhythm, context.now)
        upcoming = f"; kỳ tới {coming[0].period}, hạn {when(coming[0].due_at)}" if coming else ""
        return f"{say(terms.rhythm)} ({quoted}){upcoming}."
    if terms.due_at is None:
        named = phrase is not None and phrase.recurrence not in (None, Recurrence.ON_REQUEST, Recurrence.UNSPECIFIED)
        missing = "chưa có ngày trong kỳ" if named else "chưa có ngày"
        return f"{missing}, {quoted}. Anh/chị nhập hạn trước khi xác nhận."
    over = ", nay đã qua" if terms.due_at <= context.now else ""
    over += "; anh/chị nhập hạn khác hoặc bỏ qua" if over and item.decision is None else ""
    return f"{when(terms.due_at)} ({quoted}){over}."


def units_words(item: Item, terms: Terms, context: Context) -> str:
    """Return who owes a duty, by the names of units today, and what is missing."""
    who = item.proposal.who
    quoted = f" (văn bản ghi “{short(who, 160)}”)" if who else ""
    units, left_out = owing(item, terms, context), closed(item, terms, context)
    if left_out:
        names = ", ".join(unit.name for unit in left_out)
        quoted += f"; không giao cho {names} vì văn bản không phổ biến cho đơn vị này"
    if not units:
        return f"chưa rõ{quoted}. Anh/chị chọn đơn vị trước khi xác nhận."
    if terms.everyone:
        return f"tất cả, hiện có {wording.count(len(units), 'đơn vị')}{quoted}."
    return f"{', '.join(unit.name for unit in units)}{quoted}."


def owing(item: Item, terms: Terms, context: Context) -> tuple[Unit, ...]:
    """Return the units that owe a duty today: successors in the place of those that ended; who may see its document."""
    return owed.owing(terms, context.office.units(), context.duties.closed(item.proposal.document))


def closed(item: Item, terms: Terms, context: Context) -> tuple[Unit, ...]:
    """Return the units that would owe a duty if its document were open to them."""
    hidden = context.duties.closed(item.proposal.document)
    return tuple(unit for unit in owed.owing(terms, context.office.units()) if unit.key in hidden) if hidden else ()


def _rounds(rounds: Sequence[Round]) -> list[str]:
    still = [one for one in rounds if one.closed_at is None]
    return [f"Đợt đang mở: {one.title}, hạn {when(one.due_at)}." for one in still]


def ready(terms: Terms, now: datetime) -> bool:
    """Tell whether nothing is missing for a duty to be confirmed."""
    return terms.owed and terms.dated and (terms.due_at is None or terms.due_at > now)


def _choices(item: Item, terms: Terms, edited: bool, items: Sequence[Item], context: Context) -> tuple[Choice, ...]:
    decided = sum(1 for one in items if one.decision is not None)
    more = len(waiting(items, context.now)) > (1 if item.decision is None or item.unsettled else 0)
    ends_with = [NEXT] if more else []
    if decided and not (decided == 1 and item.decision is not None):
        ends_with.append(Choice(LIST.key, f"{LIST.label} ({decided})"))
    if item.unsettled and not edited:
        return (*_after_change(item, context), *ends_with)
    if item.status in _NO_TERMS and not edited:
        return (AGAIN, *ends_with)
    offered = _missing(terms, context.now)
    if item.decision is None:
        offered += [CONFIRM] if ready(terms, context.now) else []
        others = len(items) > 1
        return (*reversed(offered), EDIT, *([MERGE] if others else []), DISMISS, *ends_with)
    if edited:
        offered += [SAVE] if ready(terms, context.now) else []
        return (*reversed(offered), EDIT, Choice("drop", "Không lưu"))
    still = terms.rhythm is None and any(one.closed_at is None for one in context.duties.rounds(item.key))
    opens = [OPEN] if ready(terms, context.now) and not still else []
    return (*opens, EDIT, AGAIN, *ends_with)


def _missing(terms: Terms, now: datetime) -> list[Choice]:
    lacking = [] if terms.owed else [UNITS]
    if not terms.dated or (terms.due_at is not None and terms.due_at <= now):
        lacking.append(DATE)
    return lacking


def _after_change(item: Item, context: Context) -> tuple[Choice, ...]:
    if item.change is Change.CHANGED:
        return (KEEP, ADOPT, DISMISS)
    still = any(one.closed_at is None for one in context.duties.rounds(item.key))
    return (*([CLOSE] if still else []), STILL, DISMISS)
