"""The admin sends documents, sees what is in them, publishes them or not, and watches the work behind it. Pure.

A sent file becomes a job that reads it; its card comes as a message of its own, whose choices work at any later time.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot import cards, wording
from bot.dialogues.desk import FileRefused
from bot.dialogues.managing import CANCEL, Pair, asks, cancels, ends, number_in, page, page_of, short, typed_in
from bot.dialogues.shelf import CancelJob, DropDocuments, PublishDocuments, ReceiveFiles
from bot.dialogues.state import Context, State, Step
from bot.dialogues.uploading import place, saying
from bot.domain.ids import id_in
from bot.domain.messages import Attachment, Choice, Incoming, Reply
from bot.domain.people import Action
from bot.domain.publishing import Intake, IntakeState, Job
from knowledge.text import fold

HOLDER = "publishing"
PREFIX = cards.PREFIX
_ALL = frozenset({"tatca", "tat", "het", "all"})
_NOT_ALLOWED = "Tài khoản của anh/chị không có quyền công bố văn bản. Nếu cần, anh/chị liên hệ người quản trị."
_DECIDED = {
    IntakeState.READING: "Văn bản này đang được đọc. Xong tôi sẽ gửi bản tóm tắt.",
    IntakeState.QUEUED: "Văn bản này đang được công bố. Gõ /lapchimuc để xem tiến độ.",
    IntakeState.PUBLISHED: "Văn bản này đã công bố. Gõ /vanban để xem.",
}
_GONE = {
    IntakeState.DROPPED: "Văn bản này đã bỏ. Muốn công bố, anh/chị gửi lại tệp",
    IntakeState.REFUSED: "Tệp này không nhận được. Anh/chị gửi tệp khác",
}
_RELOAD = Choice("reload", "Xem lại")
_UPLOAD = Choice("upload", "Gửi văn bản mới")  # where the channel carries no files
_PAPERS = "Để công bố, anh/chị gửi tệp văn bản (PDF, Word, ảnh, ZIP)"


def received(state: State, incoming: Incoming, context: Context) -> Step | None:
    """Take files that no guided report waits for; None where there are none."""
    if not incoming.attachments:
        return None
    taken: list[Attachment] = []
    refused: list[str] = []
    for one in incoming.attachments:
        try:
            taken.append(context.shelf.taken(one))
        except FileRefused as error:
            refused.append(str(error))
    if not taken:
        return Step(state, (Reply("\n".join(refused)),))
    names = cards.named([f"“{short(one.name)}”" for one in taken])
    says = [f"Đã nhận {names}. Tôi đang đọc, xong sẽ gửi bản tóm tắt để anh/chị quyết định công bố hay không."]
    return Step(state, (Reply("\n".join([*says, *refused])),), (ReceiveFiles(tuple(taken)),))


def pushed(state: State, rest: str, context: Context) -> Step:
    """Do what a choice of a card means: "pub:12", "no:12", "all:7", "none:7", "stop:7"."""
    if not context.may(Action.MANAGE_DOCUMENTS):
        return Step(state, (Reply(_NOT_ALLOWED),))
    verb, _, given = rest.partition(":")
    number = id_in(given)
    if number is None:
        return Step(state, (Reply("Lựa chọn này không còn dùng được. Gõ /congbo để xem các văn bản đang chờ."),))
    if verb == cards.STOP:
        return _stop(state, context.shelf.job(number))
    if verb in ("all", "none"):
        waiting = [one for one in context.shelf.intakes(number) if one.state is IntakeState.READY]
        return _decide(state, waiting, publish=verb == "all")
    one = context.shelf.intake(number)
    return _decide_one(state, one, context, publish=verb == "pub")


def publish(state: State, rest: str, context: Context) -> Step:
    """Publish what `rest` names, a number or all; without it show what waits."""
    return _command(state, rest, context, publish=True)


def drop(state: State, rest: str, context: Context) -> Step:
    """Give up what `rest` names, a number or all; without it show what waits."""
    return _command(state, rest, context, publish=False)


def _command(state: State, rest: str, context: Context, *, publish: bool) -> Step:
    waiting = context.shelf.undecided()
    word = "".join(fold(rest).split())
    if word in _ALL:
        return _decide(state, waiting, publish=publish)
    if word.isdecimal():
        number = id_in(word)
        one = context.shelf.intake(number) if number is not None else None
        return _decide_one(state, one, context, publish=publish)
    if not waiting:
        return _invites(ends(state, "").state, f"Không có văn bản nào chờ công bố. {_PAPERS}", context)
    return _list(state, context, 0)


def _list(state: State, context: Context, at: int) -> Step:
    waiting = context.shelf.undecided()
    lines = [f"Có {wording.count(len(waiting), 'văn bản')} chờ công bố; anh/chị chọn để xem từng văn bản."]
    pairs: list[Pair] = [(f"i{one.id}", f"Số {one.id}: {one.shown}") for one in waiting]
    more = () if context.reach.files_in else (_UPLOAD,)
    return asks(state, HOLDER, "list", "\n".join(lines), (*page(pairs, at), *more, CANCEL))


def _invites(state: State, says: str, context: Context) -> Step:
    """Say where files are sent."""
    where = place(context)
    return saying(Step(state, (Reply(f"{says} {where.says}"),)), where)


def _decided(state: State, one: Intake, context: Context) -> Step:
    """Say what was decided already."""
    says = _DECIDED.get(one.state)
    return Step(state, (Reply(says),)) if says else _invites(state, _GONE[one.state], context)


def _decide_one(state: State, one: Intake | None, context: Context, *, publish: bool) -> Step:
    if one is None:
        says = "Không có văn bản chờ công bố mang số này. Gõ /congbo để xem danh sách."
        return Step(state, (Reply(says),))
    if one.state is not IntakeState.READY:
        return _decided(state, one, context)
    return _decide(state, (one,), publish=publish)


def _decide(state: State, waiting: Sequence[Intake], *, publish: bool) -> Step:
    chosen = [one for one in waiting if one.examined is not None and (not publish or not one.examined.known)]
    if not chosen:
        return Step(state, (Reply("Không còn văn bản nào chờ quyết định ở đây. Gõ /lapchimuc để xem tiến độ."),))
    ids = tuple(one.id for one in chosen)
    names = cards.named([one.shown for one in chosen])
    if not publish:
        return Step(state, (Reply(f"Đã bỏ {names}, không giữ lại tệp."),), (DropDocuments(ids),))
    says = f"Đang công bố {names}. Xong tôi sẽ báo; gõ /lapchimuc để xem tiến độ."
    return Step(state, (Reply(says),), (PublishDocuments(ids),))


def queue(state: State, rest: str, context: Context) -> Step:
    """Show what is being worked on, what waits and what ended last; "hủy" ends what is under way."""
    if cancels(rest):
        return _cancel_all(state, context)
    return _queue(state, context)


def _queue(state: State, context: Context, first: str = "") -> Step:
    known = context.shelf.jobs()
    under_way = [one for one in known if one.state.open]
    ended = [one for one in known if not one.state.open]
    lines = [first] if first else []
    if under_way:
        lines += ["Đang làm:", *(f"• {cards.progress(one)}" for one in under_way)]
    else:
        lines.append("Không có việc nào đang chạy.")
    if ended:
        lines += ["Gần đây:", *(f"• {cards.progress(one)}" for one in ended)]
    waiting = len(context.shelf.undecided())
    if waiting:
        lines.append(f"Có {wording.count(waiting, 'văn bản')} chờ công bố: gõ /congbo.")
    stoppable = [one for one in under_way if not one.cancelling]
    choices = [Choice(f"c{one.id}", f"Hủy: {short(one.title, 40)}") for one in stoppable[:5]]
    if not under_way:
        return ends(state, "\n".join(lines))
    return asks(state, HOLDER, "queue", "\n".join(lines), (*choices, _RELOAD))


def chosen(state: State, key: str, context: Context) -> Step:
    """Do what was chosen."""
    if key == CANCEL.key:
        return ends(state, "Vâng, để lại đó.")
    if key == _RELOAD.key:
        return _queue(state, context)
    if key == _UPLOAD.key:
        return _invites(ends(state, "").state, _PAPERS, context)
    if (at := page_of(key)) is not None:
        return _list(state, context, at)
    if (number := number_in(key, "c")) is not None:
        return _cancel(state, number, context)
    one = context.shelf.intake(number_in(key, "i") or 0)
    if one is None or one.state is not IntakeState.READY:
        return (
            _decided(ends(state, "").state, one, context) if one else ends(state, "Văn bản này không còn chờ công bố.")
        )
    card = cards.card(one)
    return Step(ends(state, "").state, (card,))


def held(state: State, incoming: Incoming, context: Context) -> Step | None:
    """Take a typed line: "hủy" ends what is under way, or leaves the list."""
    managing = typed_in(state, incoming, ("list", "queue"))
    if managing is None or not cancels(incoming.text):
        return None
    return _cancel_all(state, context) if managing.doing == "queue" else chosen(state, CANCEL.key, context)


def _cancel(state: State, number: int, context: Context) -> Step:
    job = context.shelf.job(number)
    if job is None or not job.state.open:
        return _queue(state, context, "Việc này đã kết thúc.")
    return ends(state, _cancelling(job), CancelJob(job.id))


def _stop(state: State, job: Job | None) -> Step:
    """Cancel the job of a message that follows it; the conversation goes on where it is."""
    if job is None or not job.state.open:
        return Step(state, (Reply("Việc này đã kết thúc. Gõ /lapchimuc để xem các việc gần đây."),))
    return Step(state, (Reply(_cancelling(job)),), (CancelJob(job.id),))


def _cancelling(*jobs: Job) -> str:
    return f"Đang hủy: {cards.named([f'{one.kind.vietnamese.lower()} {one.title}' for one in jobs])}."


def _cancel_all(state: State, context: Context) -> Step:
    under_way = [one for one in context.shelf.jobs() if one.state.open and not one.cancelling]
    if not under_way:
        return _queue(state, context)
    return ends(state, _cancelling(*under_way), *(CancelJob(one.id) for one in under_way))
