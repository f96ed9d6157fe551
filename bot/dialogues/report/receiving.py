"""Files that were sent in mid-report: kept with the prompt that asks for them, or offered to one that does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogues.desk import FileRefused, KeepFiles
from bot.dialogues.report import asking, moving, wording
from bot.dialogues.report.sheet import Asking, Doing, Sheet, is_file, step
from bot.dialogues.state import State, Step
from bot.domain.attachments import MAX_FILES
from bot.domain.filling import Spot, answered
from bot.domain.messages import Attachment, Choice, Incoming, Reply

_CAPTION = "Lời ghi kèm tệp không được giữ; nếu cần, anh/chị ghi ở câu phù hợp."


def files(state: State, sheet: Sheet, incoming: Incoming) -> Step:
    """Take the files of one message. The photos of an album come as one message each."""
    kept, refused = _fetched(sheet, incoming.attachments)
    sheet = replace(sheet, names={**sheet.names, **{one.ref: one.name for one in kept}})
    caption = (_CAPTION,) if incoming.text.strip() else ()
    asked = sheet.filling.asked
    if sheet.filling.doing == Doing.ASK and len(asked) == 1 and is_file(sheet, asked[0]):
        return _add(state, sheet, asked[0], kept, (*refused, *caption))
    return _offer(state, sheet, kept, (*refused, *caption))


def attach(state: State, sheet: Sheet, key: str) -> Step:
    """Put the files that wait to the prompt that was chosen, or forget them."""
    places = _places(sheet)
    at = int(key[1:]) if key[1:].isdecimal() else -1
    if not 0 <= at < len(places):
        return step(state, sheet, asking.go_on(sheet), ("Vâng, tôi không giữ tệp này.",))
    spot, digests = places[at], sheet.filling.typed
    after = _with(sheet, spot, digests)
    dropped = len(set(digests) - set(after.value(spot).split()))
    said = f"Đã kèm vào {wording.named(sheet, spot)}: {wording.answer(after, spot, after.value(spot))}."
    return step(state, after, asking.go_on(after), (said, _too_many(dropped)))


def _fetched(sheet: Sheet, attachments: Sequence[Attachment]) -> tuple[list[Attachment], list[str]]:
    kept, refused = [], []
    for attachment in attachments:
        try:
            kept.append(sheet.context.desk.fetched(attachment))
        except FileRefused as error:
            refused.append(str(error))
    return kept, refused


def _add(state: State, sheet: Sheet, spot: Spot, kept: list[Attachment], said: tuple[str, ...]) -> Step:
    digests = tuple(one.ref for one in kept)
    before = sheet.value(spot).split()
    known = [one.name for one in kept if one.ref in before]
    after = _with(sheet, spot, digests)
    now = after.value(spot).split()
    lines = [*said]
    if known:
        lines.append(f"Đã có sẵn: {', '.join(known)}.")
    lines.append(_too_many(len(set(digests) - set(now))))
    added = [one.name for one in kept if one.ref in now and one.ref not in before]
    if added:
        lines.append(f"Đã nhận {', '.join(added)}.")
    filling = replace(sheet.filling, seen=(after.value(spot),))
    if not now:
        shown = replace(asking.ask(after, (spot,), brief=True), filling=filling)
    else:
        count = f"{wording.named(after, spot).capitalize()} đang có {len(now)} tệp."
        says = f"{count} Anh/chị gửi thêm, hoặc gõ “xong” để sang câu khác."
        shown = Asking(filling, (Reply(says, asking.choices(after, spot)),))
    return step(state, after, shown, tuple(lines), (KeepFiles(tuple(kept)),) if kept else ())


def _offer(state: State, sheet: Sheet, kept: list[Attachment], said: tuple[str, ...]) -> Step:
    """Answer a file that nothing asked for."""
    places = _places(sheet)
    if not kept:
        return step(state, sheet, moving.here(sheet), said)
    if not places:
        none = "Báo cáo này không có câu nào cần tệp nên tôi không giữ tệp vừa gửi."
        return step(state, sheet, moving.here(sheet), (*said, none))
    waiting = sheet.filling.typed if sheet.filling.doing == Doing.ATTACH else ()
    typed = (*waiting, *(one.ref for one in kept if one.ref not in waiting))
    choices = [
        Choice(f"a{at}", f"Kèm vào {wording.named(sheet, spot)}: {wording.short(wording.label(sheet, spot), 40)}")
        for at, spot in enumerate(places)
    ]
    choices.append(Choice("none", "Không giữ tệp này" if len(typed) == 1 else "Không giữ các tệp này"))
    says = f"Câu đang hỏi không cần tệp. Anh/chị muốn kèm {len(typed)} tệp vừa gửi vào đâu?"
    filling = replace(sheet.filling, doing=Doing.ATTACH, asked=(), seen=(), typed=typed)
    return step(state, sheet, Asking(filling, (Reply(says, tuple(choices)),)), said, (KeepFiles(tuple(kept)),))


def _places(sheet: Sheet) -> list[Spot]:
    return [spot for spot in sheet.course if is_file(sheet, spot)][:8]


def _with(sheet: Sheet, spot: Spot, digests: Sequence[str]) -> Sheet:
    """Return the sheet with files added: to what stands there now, whoever sent it, so nobody's file is lost."""
    value = list(dict.fromkeys([*sheet.value(spot).split(), *digests]))[:MAX_FILES]
    if not value:
        return sheet
    return replace(sheet, draft=answered(sheet.form, sheet.draft, spot, " ".join(value), sheet.today))


def _too_many(count: int) -> str:
    return f"Mỗi câu giữ tối đa {MAX_FILES} tệp; {count} tệp không được giữ." if count else ""
