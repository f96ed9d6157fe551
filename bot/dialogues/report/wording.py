"""How the report speaks: times, names of places in it, the answers as people read them. Values in, short lines out."""

from __future__ import annotations

import re
from datetime import datetime

from bot.asking import VIETNAM
from bot.dialogues.report.sheet import Sheet
from bot.domain.answers import shown
from bot.domain.filling import Spot, repeat_of
from bot.domain.forms import Prompt, PromptKind
from bot.domain.references import filled
from bot.domain.rounds import Round
from bot.forms.expressions import calculated

HOW = (
    "Lúc nào cũng có thể gõ: bỏ qua · quay lại · sửa câu 3 · xem lại · để sau · hủy. "
    "Cần hỏi gì anh/chị cứ hỏi, xong ta làm tiếp."
)
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?")
_SHORT = 60  # characters of an answer inside a sentence


def moment(when: datetime) -> str:
    """Return "16:42 ngày 20/11/2025"."""
    return when.astimezone(VIETNAM).strftime("%H:%M ngày %d/%m/%Y")


def days_late(round_: Round, when: datetime) -> int:
    """Return by how many days of the calendar `when` is after the due time; 0 on the day itself."""
    return (when.astimezone(VIETNAM).date() - round_.due_at.astimezone(VIETNAM).date()).days


def due(round_: Round, now: datetime) -> str:
    """Return "Hạn nộp 17:00 ngày 30/11/2025 (còn 10 ngày)."."""
    days = -days_late(round_, now)
    if now > round_.due_at:
        left = f"đã quá hạn {-days} ngày" if days < 0 else "vừa quá hạn"
    else:
        left = f"còn {days} ngày" if days else "trong hôm nay"
    return f"Hạn nộp {moment(round_.due_at)} ({left})."


def late(round_: Round, when: datetime) -> str:
    """Return "nộp muộn 2 ngày", "" when in time."""
    if when <= round_.due_at:
        return ""
    days = days_late(round_, when)
    return f"nộp muộn {days} ngày" if days else "nộp muộn, trong ngày hạn"


def short(text: str, most: int = _SHORT) -> str:
    """Return the beginning of `text` in one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def where(sheet: Sheet, spot: Spot) -> str:
    """Return the part of the form that `spot` stands in: its group, or its entry of a repeat; "" for neither."""
    repeat = repeat_of(sheet.form, spot)
    if repeat is not None and spot.entry is not None:
        return f"{repeat.label} – mục {spot.entry + 1}"
    return sheet.prompt(spot).group


def answer(sheet: Sheet, spot: Spot, value: str) -> str:
    """Return a stored answer as people read it, files by name."""
    prompt = sheet.prompt(spot)
    if prompt.kind is PromptKind.FILE and value:
        names = [sheet.names.get(digest) or sheet.context.desk.file_name(digest) for digest in value.split()]
        return f"{len(names)} tệp ({', '.join(names)})"
    return shown(prompt, value)


def told(sheet: Sheet, text: str, spot: Spot | None = None) -> str:
    """Return a label, hint or note of the form with the answers it refers to ("Tổng số: ${tong}") put in."""
    if "${" not in text:
        return text
    values = calculated(sheet.form, sheet.draft.values, sheet.today)
    repeat = repeat_of(sheet.form, spot) if spot else None
    entries = values.get(repeat.name, ()) if repeat else ()
    entry = entries[spot.entry] if spot and spot.entry is not None and spot.entry < len(entries) else {}
    return filled(sheet.form, values, text, entry)


def label(sheet: Sheet, spot: Spot) -> str:
    """Return what is asked at `spot`."""
    return told(sheet, sheet.prompt(spot).label, spot)


def named(sheet: Sheet, spot: Spot) -> str:
    """Return "câu 3" for what has a number."""
    number = sheet.number(spot)
    return f"câu {number}" if number else f"“{short(label(sheet, spot))}”"


def kept(sheet: Sheet, spot: Spot, value: str) -> str:
    """Return the acknowledgement of an answer, with what was understood where that is not what was typed."""
    if not value:
        return f"Để trống {named(sheet, spot)}."
    if sheet.prompt(spot).kind is PromptKind.TEXT:
        return f"Đã ghi {named(sheet, spot)}."
    return f"Đã ghi {named(sheet, spot)}: {short(answer(sheet, spot, value))}."


def default_of(prompt: Prompt, today: str) -> str:
    """Return the stored value a form proposes for `prompt`, "" where it proposes none that can be used."""
    value = prompt.default.strip()
    if prompt.kind is PromptKind.DATE:
        value = today if value == "today()" else value
        return value if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else ""
    if prompt.kind in (PromptKind.INTEGER, PromptKind.DECIMAL):
        return value if _NUMBER.fullmatch(value) else ""
    if prompt.kind in (PromptKind.SELECT_ONE, PromptKind.SELECT_MULTIPLE):
        names = {option.name for option in prompt.options}
        return value if value and set(value.split()) <= names else ""
    return "" if prompt.kind is PromptKind.FILE or re.search(r"\w\(|\$\{", value) else value
