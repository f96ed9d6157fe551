"""One message in, one step out: who may speak, which choice or command is meant, which dialogue it goes to.

Pure. Adding a dialogue: its commands in COMMANDS, what its choices lead to in CHOSEN, and in HOLDERS the function that
gets plain text while `State.holder` names it; in PUSHED what the choices of messages lead to that we wrote first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.dialogues import (
    admin,
    aside,
    ask,
    claims_desk,
    commands,
    deadlines,
    documents_desk,
    free_text,
    greeting,
    link,
    notices_desk,
    obligations,
    publishing,
    questions_desk,
    quiet,
    reminding,
    smalltalk,
    wishes,
)
from bot.dialogues.commands import Act, Command
from bot.dialogues.managing import cancels
from bot.dialogues.report import entry as report
from bot.dialogues.report import recalling
from bot.dialogues.state import FORMAT, Context, State, Step
from bot.dialogues.uploading import place, saying
from bot.domain.choosing import choose
from bot.domain.codes import code_in, looks_like_code, tidy
from bot.domain.messages import PUSHED_KEY, Incoming, IncomingKind, Reply
from bot.domain.people import Action

_EDITED = "Tôi không theo dõi tin nhắn đã sửa. Anh/chị gửi lại thành tin mới giúp."
_UNSUPPORTED = "Tôi chưa đọc được loại tin này."
_NO_FILE_NOW = "Hiện không có câu hỏi nào cần tệp nên tôi không giữ tệp này."
_STALE = "Lựa chọn này thuộc tin nhắn cũ nên không còn dùng được. Anh/chị hỏi lại, hoặc chọn ở tin mới nhất."
_DOUBLE = "Tôi đã nhận lựa chọn này rồi."
_PRIVATE_ONLY = "Việc này anh/chị nhắn riêng cho tôi, không làm trong nhóm."
_NOT_ALLOWED = "Tài khoản của anh/chị không có quyền làm việc này. Nếu cần, anh/chị liên hệ người quản trị."


def _help(state: State, rest: str, context: Context) -> Step:
    if not context.may(Action.ASK):
        return Step(state, (Reply(link.HOW_TO_GET_A_CODE),))
    allowed = [one for one in COMMANDS if one.action is None or context.may(one.action)]
    allowed = [one for one in allowed if context.unit is not None or not one.of_unit]
    office = [one for one in allowed if one in admin.COMMANDS]
    lines = [
        "Anh/chị gõ câu hỏi như bình thường; câu sau hiểu theo câu trước (“thế còn cá nhân?”). "
        "Dưới câu trả lời có các lựa chọn: bấm, hoặc gõ số.",
        *(f"/{one.names[0]} – {one.says}" for one in allowed if one not in office),
        *(("", "Việc của Văn phòng:") if office else ()),
        *(f"/{one.names[0]} – {one.says}" for one in office),
    ]
    return Step(state, (Reply("\n".join(lines)),))


def _ask(state: State, rest: str, context: Context) -> Step:
    if not rest:
        return Step(state, (Reply("Anh/chị gõ câu hỏi sau lệnh, ví dụ: /hoi hạn nộp báo cáo là khi nào?"),))
    return report.question(state, rest, context) if report.has_the_word(state) else ask.question(state, rest, context)


_of_unit = partial(Command, private=True, of_unit=True)
COMMANDS: tuple[Command, ...] = (
    Command(("start", "batdau"), "bắt đầu", None, greeting.hello),
    Command(("hoi", "ask"), "hỏi về các văn bản", Action.ASK, _ask),
    Command(("vanban", "documents"), "các văn bản đang có", Action.ASK, documents_desk.documents),
    Command(("timkiem", "tim"), "tìm văn bản và đoạn theo từ khóa", Action.ASK, documents_desk.search),
    Command(("moi", "new"), "sang chủ đề mới, quên các câu trước", Action.ASK, ask.afresh),
    _of_unit(("baocao", "report"), "làm báo cáo của đơn vị", Action.SUBMIT_REPORT, report.start),
    _of_unit(("xemlai",), "xem lại báo cáo của đơn vị", Action.READ_UNIT_REPORTS, report.show),
    _of_unit(("xinsua", "xinrutlai"), "xin sửa báo cáo đã nộp", Action.SUBMIT_REPORT, recalling.recall),
    _of_unit(("dabaocao",), "các báo cáo của đơn vị", Action.READ_UNIT_REPORTS, report.mine),
    Command(("han", "hanbaocao"), "các hạn báo cáo", Action.READ_UNIT_REPORTS, deadlines.due, private=True),
    Command(("homnay", "hom_nay"), "việc cần làm hôm nay", Action.READ_UNIT_REPORTS, deadlines.today, private=True),
    _of_unit(("nhaclai",), "nhắc lại sau: 1 giờ, sáng mai", Action.SUBMIT_REPORT, reminding.again),
    _of_unit(("danop",), "đã nộp bằng đường khác", Action.SUBMIT_REPORT, reminding.handed_otherwise),
    Command(("nhacnho",), "nhắc tôi khi nào", Action.OWN_DATA, quiet.settings, private=True),
    Command(("tatnhac",), "tạm tắt lời nhắc", Action.OWN_DATA, quiet.mute, private=True),
    Command(("batnhac",), "bật lại lời nhắc", Action.OWN_DATA, quiet.unmute, private=True),
    Command(("dadoc",), "báo đã đọc thông báo", Action.OWN_DATA, notices_desk.read, private=True),
    Command(("lich",), "hạn báo cáo trong lịch điện thoại", Action.OWN_DATA, quiet.calendar, private=True),
    Command(("themtaikhoan",), "mã cho tài khoản khác của mình", Action.OWN_DATA, link.further_account, private=True),
    Command(("huylienket", "unlink"), "hủy liên kết tài khoản này", Action.OWN_DATA, link.unlink, private=True),
    Command(("dulieu", "dulieucuatoi"), "những gì đang lưu về tôi", None, link.own_data, private=True),
    Command(("xoadulieu", "xoadulieucuatoi"), "xóa dữ liệu của tôi", None, link.erase, private=True),
    *admin.COMMANDS,
    Command(("giup", "giupdo", "trogiup", "help", "?"), "hướng dẫn này", None, _help),
)
# Apart from the others: it needs the message itself, for the name of the account.
LINK_NAMES = ("lienket", "link")
LINK_SAYS = "liên kết tài khoản bằng mã"

CHOSEN: dict[str, Act] = {"ask": ask.chosen, "link": link.chosen, "report": report.chosen, **admin.CHOSEN}
# Choices of messages we wrote first, by what their keys begin with: "!remind:12:1h" → remind, "12:1h". They mean the
# same at any later time, so each act looks itself at who taps and at what is still to be done.
PUSHED: dict[str, Act] = {
    reminding.PREFIX: reminding.pushed,
    reminding.SAID_PREFIX: reminding.handed_otherwise,
    claims_desk.PREFIX: claims_desk.pushed,
    obligations.PREFIX: obligations.pushed,
    publishing.PREFIX: publishing.pushed,
    recalling.PREFIX: recalling.pushed,
    questions_desk.PREFIX: questions_desk.pushed,
    notices_desk.PREFIX: notices_desk.pushed,
}
# A holder returns None for what is not for it, "a question in mid-report": then it is asked as a question.
HOLDERS: dict[str, Callable[[State, Incoming, Context], Step | None]] = {"report": report.held, **admin.HOLDERS}
NEEDS: dict[str, Action] = {"ask": Action.ASK, **admin.NEEDS}  # by owner and holder; looked at with every message
_BY_NAME = {name: command for command in COMMANDS for name in command.names}
_KNOWN = frozenset({*_BY_NAME, *LINK_NAMES})


def menu() -> dict[str, str]:
    """Return the commands of staff and clerks with their descriptions, for the menu of a channel: one for everybody."""
    office = {one.names[0] for one in admin.COMMANDS}
    shown = {command.names[0]: command.says for command in COMMANDS if command.names[0] not in office}
    return {**shown, LINK_NAMES[0]: LINK_SAYS}


def step(state: State, incoming: Incoming, context: Context) -> Step:
    """Take one message and return what follows from it."""
    taken = _route(replace(state, format=FORMAT), incoming, context)
    taken = replace(taken, state=aside.put(state, taken.state))
    choices = next((reply.choices for reply in reversed(taken.replies) if reply.choices), None)
    if choices is None:
        return taken
    return replace(taken, state=replace(taken.state, choices=choices, turn=taken.state.turn + 1))


def _route(state: State, incoming: Incoming, context: Context) -> Step:
    match incoming.kind:
        case IncomingKind.EDITED:
            return Step(state, (Reply(_EDITED),))
        case IncomingKind.UNSUPPORTED:
            return _unsupported(state, incoming, context)
        case IncomingKind.TAP:
            return _tap(state, incoming, context)
        case IncomingKind.FILE:
            taken = _held(state, incoming, context) or admin.file_received(state, incoming, context)
            return taken or (Step(state, (Reply(_NO_FILE_NOW),)) if context.person else _refused(state, context))
        case IncomingKind.TEXT:
            return _text(state, incoming, context)


def _unsupported(state: State, incoming: Incoming, context: Context) -> Step:
    """Say what can be sent instead: on a channel without files it may have been one."""
    if context.reach.files_in:
        return Step(state, (Reply(f"{_UNSUPPORTED} Anh/chị gửi chữ, ảnh hoặc tệp giúp."),))
    expected = report.in_mid_report(state) or any(map(context.may, admin.TAKE_FILES))
    if not incoming.private or not expected:
        return Step(state, (Reply(f"{_UNSUPPORTED} Anh/chị gửi chữ hoặc ảnh giúp."),))
    where = place(context)
    return saying(Step(state, (Reply(f"{_UNSUPPORTED} Nếu là tệp, anh/chị gửi {where.says}"),)), where)


def _tap(state: State, incoming: Incoming, context: Context) -> Step:
    tap = (incoming.turn if incoming.turn is not None else -1, incoming.choice or "")
    if tap == state.taken:
        return Step(state, (Reply(_DOUBLE),))
    if tap[1].startswith(PUSHED_KEY):
        return _pushed(replace(state, taken=tap), tap[1], incoming.private, context)
    if (waiting := aside.taken_up(state, *tap)) is not None:
        return _choose(replace(waiting, taken=tap), tap[1], context)
    if tap[0] != state.turn or tap[1] not in {choice.key for choice in state.choices}:
        return Step(state, (Reply(_STALE),))
    return _choose(replace(state, taken=tap), tap[1], context)


def _pushed(state: State, key: str, private: bool, context: Context) -> Step:
    """Do what a choice of a message that we wrote first means, in whatever the conversation is now."""
    prefix, _, rest = key.removeprefix(PUSHED_KEY).partition(":")
    if prefix not in PUSHED:
        return Step(state, (Reply(_STALE),))
    if not private:
        return Step(state, (Reply(_PRIVATE_ONLY),))
    return PUSHED[prefix](state, rest, context)


def _choose(state: State, key: str, context: Context) -> Step:
    if key.startswith(PUSHED_KEY):  # offered in a reply too, and typed
        return _pushed(state, key, True, context)
    if not _may_take_part(state.owner, context):  # rights were lost since it was offered
        return _refused(replace(state, choices=(), owner="ask", holder="", managing=None), context)
    taken_up = replace(state, aside=None) if state.owner == state.holder else state
    return CHOSEN[state.owner](taken_up, key, context)


def _text(state: State, incoming: Incoming, context: Context) -> Step:
    parsed = commands.parse(incoming.text, _KNOWN)
    if parsed is not None:
        return _command(state, *parsed, incoming, context)
    if context.person is None and _gives_code(incoming.text):
        return _link(state, incoming.text, incoming, context)
    # In mid-report "1" is rather the answer than the first choice: the report tells them apart itself. "câu 1"
    # under a report that is reviewed is its first prompt, and not "Nhận".
    first = state.owner == "report" or admin.speaks_of_prompt(state, incoming.text)
    if state.owner == state.holder and first and (held := _held(state, incoming, context)) is not None:
        return held
    if state.owner == "link" and cancels(incoming.text):  # "hủy" means the question, and not "Hủy liên kết"
        return _choose(state, link.KEEP.key, context)
    position = choose(incoming.text, [choice.label for choice in state.choices]) if state.choices else None
    if position is not None:
        return _choose(state, state.choices[position].key, context)
    if (held := _held(state, incoming, context)) is not None:
        return held
    if incoming.private and (settled := reminding.typed(state, incoming.text, context)) is not None:
        return settled
    if (own := _said_to_me(state, incoming, context)) is not None:
        return own
    return ask.question(state, incoming.text, context) if context.may(Action.ASK) else _refused(state, context)


def _gives_code(typed: str) -> bool:
    return any(read(typed) for read in (tidy, code_in, looks_like_code))


def _said_to_me(state: State, incoming: Incoming, context: Context) -> Step | None:
    """Take what is for the assistant rather than for the documents: a command in plain words, small talk."""
    meant = wishes.command_meant(incoming.text)
    if meant is not None and (incoming.private or not _BY_NAME[meant[0]].private):
        return _command(state, *meant, incoming, context)
    return smalltalk.answer(state, incoming.text, context)


def _may_take_part(dialogue: str, context: Context) -> bool:
    return dialogue not in NEEDS or context.may(NEEDS[dialogue])


def _held(state: State, incoming: Incoming, context: Context) -> Step | None:
    if not incoming.private or state.holder not in HOLDERS or not _may_take_part(state.holder, context):
        return None
    return free_text.asked_again(state, incoming) or HOLDERS[state.holder](state, incoming, context)


def _command(state: State, name: str, rest: str, incoming: Incoming, context: Context) -> Step:
    if name in LINK_NAMES or (name == "start" and tidy(rest) is not None):
        return _link(state, rest, incoming, context)
    command = _BY_NAME.get(name)
    if command is None:
        return Step(state, (Reply(f"Không có lệnh /{name[:40]}. Gõ /giup để xem các lệnh."),))
    if command.private and not incoming.private:
        return Step(state, (Reply(_PRIVATE_ONLY),))
    if command.action is not None and not context.may(command.action):
        return _refused(state, context)
    return command.act(state, rest, context)


def _link(state: State, typed: str, incoming: Incoming, context: Context) -> Step:
    if not incoming.private:
        return Step(state, (Reply(_PRIVATE_ONLY + " Mã đã gửi trong nhóm coi như lộ: anh/chị xin mã mới."),))
    return link.take(state, typed, incoming, context)


def _refused(state: State, context: Context) -> Step:
    says = link.HOW_TO_GET_A_CODE if context.person is None else _NOT_ALLOWED
    return Step(state, (Reply(says),))
