"""What an admin does with one published document: withdraw, restore, mark as replaced or over, restrict. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import wording
from bot.dialogues.managing import CANCEL, Pair, asks, ends, found, handle, page, page_of, short
from bot.dialogues.shelf import DecideDocument, RestoreDocument
from bot.dialogues.state import Context, State, Step
from bot.domain.messages import Choice
from bot.domain.people import Unit
from bot.domain.publishing import Publication, Standing

HOLDER = "documents"
WITHDRAW = Choice("withdraw", "Gỡ")
RESTORE = Choice("restore", "Khôi phục")
REPLACE = Choice("replace", "Đánh dấu bị thay thế")
EXPIRE = Choice("expire", "Đánh dấu hết hiệu lực")
IN_FORCE = Choice("in-force", "Còn hiệu lực")
RESTRICT = Choice("units", "Giới hạn đơn vị")
_SURE = Choice("sure", "Gỡ văn bản này")
_OTHER = Choice("other", "Văn bản chưa có trong kho")
_DONE = Choice("done", "Xong")
_EVERYBODY = Choice("everybody", "Mọi người đều xem được")


@dataclass(frozen=True, slots=True)
class Subject:
    """The document under way."""

    now: Publication  # what holds; revision 0 where nothing was decided before
    picked: tuple[str, ...] = ()  # handles of units chosen so far


def acts(decided: Publication | None) -> tuple[Choice, ...]:
    """Return what may be done with a document that is not withdrawn."""
    over = decided is not None and decided.standing is not Standing.IN_FORCE
    return (WITHDRAW, *((IN_FORCE,) if over else (REPLACE, EXPIRE)), RESTRICT)


def change(state: State, key: str, subject: Subject, context: Context) -> Step:
    """Do what was chosen for a document."""
    now = subject.now
    if key == RESTORE.key or now.standing is Standing.WITHDRAWN:
        return _restore(state, key, now)
    if key == WITHDRAW.key:
        says = (
            f"Gỡ {now.name}? Sẽ không ai tra cứu được văn bản này nữa; bản gốc vẫn được giữ để khôi phục. "
            "Nhiệm vụ báo cáo lập từ văn bản này cũng cần xem lại."
        )
        return asks(state, HOLDER, "withdraw", says, (_SURE, CANCEL), given=(now.document,))
    if key == _SURE.key:
        new = replace(now, standing=Standing.WITHDRAWN, by="")
        return ends(state, f"Đã gỡ {now.name}: từ giờ không ai tra cứu được.", DecideDocument(new))
    if key == EXPIRE.key:
        return _over(state, now, Standing.EXPIRED, "")
    if key == IN_FORCE.key:
        new = replace(now, standing=Standing.IN_FORCE, by="")
        return ends(state, f"{now.name} lại còn hiệu lực.", DecideDocument(new))
    if key == REPLACE.key:
        return _which(state, subject, context, 0)
    if key == RESTRICT.key:
        return _units(state, replace(subject, picked=_handles(now.units)), context, 0)
    managing = state.managing
    if managing is not None and managing.doing == "replace":
        return _replaced(state, key, subject, context)
    return _picked(state, key, subject, context)


def typed(state: State, text: str, subject: Subject, context: Context) -> Step:
    """Take a typed line: the document that replaces this one, or the units that may see it."""
    if state.managing is not None and state.managing.doing == "replace":
        key = found(text, _others(subject, context))
        if key is not None:
            return _replaced(state, key, subject, context)
        return _over(state, subject.now, Standing.REPLACED, short(text, 200))
    pairs = _unit_pairs(context)
    keys = [found(part, pairs) for part in text.split(",") if part.strip()]
    if not keys or None in keys:
        says = "Tôi chưa tìm ra đơn vị này. Anh/chị chọn, hoặc gõ tên các đơn vị, cách nhau bằng dấu phẩy."
        return _units(state, subject, context, 0, says)
    picked = tuple(dict.fromkeys((*subject.picked, *(key.removeprefix("u") for key in keys if key))))
    return _units(state, replace(subject, picked=picked), context, 0)


def _restore(state: State, key: str, now: Publication) -> Step:
    if key != RESTORE.key or now.standing is not Standing.WITHDRAWN:
        return ends(state, f"{now.name} đang ở trạng thái {now.standing.vietnamese}. Gõ /vanban để xem lại.")
    return ends(state, f"Đang khôi phục {now.name}. Xong tôi sẽ báo.", RestoreDocument(now))


def _over(state: State, now: Publication, standing: Standing, by: str) -> Step:
    new = replace(now, standing=standing, by=by)
    instead = f" bằng {by}" if by else ""
    says = f"Đã đánh dấu {now.name} {standing.vietnamese}{instead}. Câu trả lời trích từ văn bản này sẽ kèm lưu ý."
    return ends(state, says, DecideDocument(new))


def _others(subject: Subject, context: Context) -> list[Pair]:
    library = context.library()
    cards = library.cards if library else ()
    return [
        (f"r{card.digest[:12]}", " – ".join(part for part in (wording.name(card.header), card.header.subject) if part))
        for card in cards
        if card.key != subject.now.document
    ]


def _which(state: State, subject: Subject, context: Context, at: int) -> Step:
    pairs = _others(subject, context)
    says = f"Văn bản nào thay thế {subject.now.name}? Anh/chị chọn, hoặc gõ ký hiệu hay tên."
    choices = (*page(pairs, at), _OTHER, CANCEL)
    return asks(state, HOLDER, "replace", says, choices, given=(subject.now.document,))


def _replaced(state: State, key: str, subject: Subject, context: Context) -> Step:
    if (at := page_of(key)) is not None:
        return _which(state, subject, context, at)
    library = context.library()
    if key == _OTHER.key or library is None:
        return _over(state, subject.now, Standing.REPLACED, "")
    card = next((card for card in library.cards if f"r{card.digest[:12]}" == key), None)
    if card is None:
        return _which(state, subject, context, 0)
    return _over(state, subject.now, Standing.REPLACED, wording.name(card.header))


def _unit_pairs(context: Context) -> list[Pair]:
    return [(f"u{handle(unit.key)}", unit.name) for unit in _active(context)]


def _active(context: Context) -> list[Unit]:
    return [unit for unit in context.office.units() if unit.active and unit.successor is None]


def _handles(units: Sequence[str]) -> tuple[str, ...]:
    return tuple(handle(key) for key in units)


def _units(state: State, subject: Subject, context: Context, at: int, first: str = "") -> Step:
    names = [unit.name for unit in _active(context) if handle(unit.key) in subject.picked]
    chosen = f" Đã chọn: {', '.join(names)}." if names else ""
    says = first or (
        f"Chỉ những đơn vị nào được xem {subject.now.name}? Anh/chị chọn từng đơn vị (chọn lại để bỏ), rồi chọn Xong. "
        f"Người quản trị luôn xem được.{chosen}"
    )
    pairs = [
        (key, f"✓ {name}" if key.removeprefix("u") in subject.picked else name) for key, name in _unit_pairs(context)
    ]
    choices = (*page(pairs, at), *((_DONE,) if names else ()), _EVERYBODY, CANCEL)
    return asks(state, HOLDER, "units", says, choices, given=(subject.now.document, *subject.picked))


def _picked(state: State, key: str, subject: Subject, context: Context) -> Step:
    if (at := page_of(key)) is not None:
        return _units(state, subject, context, at)
    if key == _EVERYBODY.key:
        new = replace(subject.now, units=())
        return ends(state, f"Từ giờ mọi người đều xem được {new.name}.", DecideDocument(new))
    if key == _DONE.key:
        chosen = [unit for unit in _active(context) if handle(unit.key) in subject.picked]
        new = replace(subject.now, units=tuple(unit.key for unit in chosen))
        names = ", ".join(unit.name for unit in chosen)
        says = f"Từ giờ chỉ {names} và người quản trị xem được {new.name}; người khác không biết có văn bản này."
        return ends(state, says, DecideDocument(new))
    unit = key.removeprefix("u")
    picked = tuple(one for one in subject.picked if one != unit) if unit in subject.picked else (*subject.picked, unit)
    return _units(state, replace(subject, picked=picked), context, 0)
