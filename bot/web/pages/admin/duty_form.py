"""The form of a duty on its page: as it stands, as it was typed, and the terms that it means. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from starlette.datastructures import FormData

from bot.asking import VIETNAM
from bot.dialogues.round_terms import read_due
from bot.domain.duty_terms import read_ladder, read_time, recurrence_in
from bot.domain.obligations import Terms
from bot.domain.occurrences import Rhythm, say

_LONGEST = 200  # characters of what is to be done


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form says: as it stands, or as it was typed."""

    what: str
    day: str  # "2025-12-15"
    clock: str  # "17:00"
    every: str  # "ngày 25 hằng tháng"; "": once
    units: tuple[str, ...]
    everyone: bool
    ladder: str = ""  # "30, 14, 7"; "": as the office does


def as_it_stands(terms: Terms) -> Draft:
    """Return what the form shows of terms."""
    due = terms.due_at.astimezone(VIETNAM) if terms.due_at else None
    day, clock = (f"{due:%Y-%m-%d}", f"{due:%H:%M}") if due else ("", "17:00")
    return Draft(
        terms.what,
        day,
        clock,
        say(terms.rhythm) if terms.rhythm else "",
        terms.units,
        terms.everyone,
        ", ".join(map(str, terms.before)),
    )


def typed(form: FormData) -> Draft:
    """Return what was typed into the form."""

    def text(name: str) -> str:
        return " ".join(str(form.get(name, "")).split())

    units = tuple(str(key) for key in form.getlist("don-vi"))
    return Draft(
        text("viec"), text("ngay"), text("gio") or "17:00", text("ky"), units, form.get("tat-ca") == "1", text("nhac")
    )


def meant(draft: Draft, before: Terms, known: Collection[str], now: datetime) -> Terms | str:
    """Return the terms that a form means; or what is wrong with it. `known` are the keys of the units there are."""
    if sum(letter.isalpha() for letter in draft.what) < 3 or len(draft.what) > _LONGEST:
        return f"Anh/chị ghi việc phải làm, ngắn gọn trong {_LONGEST} ký tự."
    units = tuple(key for key in draft.units if key in known)
    if not draft.everyone and not units:
        return "Anh/chị chọn đơn vị phải làm, hoặc chọn tất cả."
    when = _when(draft, before, now)
    if isinstance(when, str):
        return when
    ladder = read_ladder(draft.ladder or "mặc định")
    if ladder is None:
        return "Anh/chị ghi số ngày nhắc trước hạn, ví dụ: 30, 14, 7, 3, 1, 0; để trống thì theo lịch chung."
    due, rhythm = (None, when) if isinstance(when, Rhythm) else (when, None)
    return Terms(draft.what, due, rhythm, () if draft.everyone else units, draft.everyone, ladder)


def _when(draft: Draft, before: Terms, now: datetime) -> datetime | Rhythm | str:
    if draft.every:
        if before.rhythm is not None and draft.every == say(before.rhythm):
            return before.rhythm
        read = read_time(draft.every, now) if recurrence_in(draft.every) else None
        return (
            read
            if isinstance(read, Rhythm)
            else "Kỳ lặp lại chưa rõ. Ví dụ: ngày 25 hằng tháng; ngày 25 tháng cuối quý; 15/11 hằng năm."
        )
    try:
        day = datetime.strptime(f"{draft.day} {draft.clock}", "%Y-%m-%d %H:%M")
    except ValueError:
        return "Anh/chị chọn hạn, hoặc ghi kỳ lặp lại."
    return read_due(f"{day:%d/%m/%Y %H:%M}", now)
