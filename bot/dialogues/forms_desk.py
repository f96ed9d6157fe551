"""The admin's forms: which there are, a workbook read and kept, one made from a plan. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot import wording
from bot.asking import VIETNAM
from bot.dialogues.desk import FileRefused, KeepFiles, KeepForm
from bot.dialogues.managing import (
    CANCEL,
    Pair,
    asks,
    cancels,
    ends,
    found,
    is_question,
    number_in,
    page,
    page_of,
    short,
    typed_in,
    with_effects,
)
from bot.dialogues.state import Context, State, Step
from bot.dialogues.uploading import LASTS_LONG, place, saying
from bot.domain.forms import Form, Prompt, PromptKind, Repeat
from bot.domain.messages import Attachment, Choice, Incoming, OutFile, Reply
from bot.domain.references import left_open
from bot.domain.rounds import FormVersion

HOLDER = "forms"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PROBLEMS, _FIRST = 10, 5  # problems and prompts shown
_KINDS = {
    PromptKind.TEXT: "câu trả lời bằng lời",
    PromptKind.INTEGER: "số nguyên",
    PromptKind.DECIMAL: "số thập phân",
    PromptKind.DATE: "ngày",
    PromptKind.SELECT_ONE: "chọn một",
    PromptKind.SELECT_MULTIPLE: "chọn nhiều",
    PromptKind.FILE: "tệp đính kèm",
}
_HOW = "để thêm hoặc thay biểu mẫu; /taobieumau để tạo từ kế hoạch."
_HERE = f"Gửi tệp Excel (.xlsx) theo mẫu XLSForm vào đây {_HOW}"
_UPLOAD = Choice("upload", "Gửi biểu mẫu mới")
_THERE = f"Chọn “{_UPLOAD.label}” để nhận trang gửi tệp Excel (.xlsx) theo mẫu XLSForm {_HOW}"


def forms(state: State, rest: str, context: Context) -> Step:
    """List the newest version of every form."""
    return _list(state, context, 0)


def from_plan(state: State, rest: str, context: Context) -> Step:
    """Ask which plan a form should be made from; `rest` may name it already."""
    pairs = _plans(context)
    if not pairs:
        says = "Chưa có kế hoạch hay chương trình nào được nạp nên chưa tạo được biểu mẫu. Anh/chị nạp văn bản trước."
        return ends(state, says)
    key = found(rest, pairs) if rest else None
    return chosen(state, key, context) if key else _which_plan(state, pairs, 0)


def chosen(state: State, key: str, context: Context) -> Step:
    """Do what was chosen."""
    doing = state.managing.doing if state.managing else ""
    at = page_of(key)
    if key == CANCEL.key:
        return ends(state, "Vâng, không lưu gì." if doing == "read" else "Vâng, dừng ở đây.")
    if at is not None:
        return _which_plan(state, _plans(context), at) if doing == "plan" else _list(state, context, at)
    if key == _UPLOAD.key:
        return _upload(state, context)
    if key == "keep":
        return _keep(state, context)
    if (position := number_in(key, "d")) is not None:
        return _generate(state, position, context)
    return _workbook(state, number_in(key, "f") or 0, context)


def held(state: State, incoming: Incoming, context: Context) -> Step | None:
    """Take a typed line while a form is being chosen or looked at."""
    managing = typed_in(state, incoming, ("list", "plan", "read"))
    if managing is None:
        return None
    if cancels(incoming.text):
        return chosen(state, CANCEL.key, context)
    if managing.doing == "read":
        return None
    pairs = _plans(context) if managing.doing == "plan" else _versions(context)
    key = found(incoming.text, pairs)
    if key is not None:
        return chosen(state, key, context)
    if managing.doing == "list" or is_question(incoming.text):
        return None
    says = f"Tôi chưa tìm ra kế hoạch “{short(incoming.text, 40)}”. Anh/chị gõ số thứ tự, ký hiệu hoặc một phần tên."
    return asks(state, HOLDER, "plan", says, (*page(pairs), CANCEL))


def books(incoming: Incoming) -> tuple[Attachment, ...]:
    """Return the workbooks among the files of a message."""
    return tuple(one for one in incoming.attachments if one.name.lower().endswith((".xlsx", ".xls", ".xlsm")))


def received(state: State, books: Sequence[Attachment], context: Context) -> Step:
    """Read the first of the workbooks that were sent outside a guided report, and say which ones were not read."""
    step = _received(state, books, context)
    if len(books) == 1:
        return step
    left = ", ".join(f"“{short(one.name)}”" for one in books[1:])
    says = f"Mỗi lần tôi đọc một biểu mẫu. Xong biểu mẫu này, anh/chị gửi lại {left}."
    return Step(step.state, (Reply(says), *step.replies), step.effects)


def _received(state: State, books: Sequence[Attachment], context: Context) -> Step:
    if not books[0].name.lower().endswith(".xlsx"):
        says = (
            "Tôi chỉ đọc biểu mẫu dạng .xlsx. Trong Excel, anh/chị chọn Lưu thành “Excel Workbook (.xlsx)” rồi gửi lại."
        )
        return Step(state, (Reply(says),))
    try:
        kept = context.desk.fetched(books[0])
    except FileRefused as error:
        return Step(state, (Reply(str(error)),))
    return _read(state, kept, context)


def _list(state: State, context: Context, at: int) -> Step:
    known = context.desk.forms()
    more, how = ((), _HERE) if context.reach.files_in else ((_UPLOAD,), _THERE)
    if not known:
        return asks(state, HOLDER, "list", f"Chưa có biểu mẫu nào.\n{how}", more)
    lines = [f"Có {wording.count(len(known), 'biểu mẫu')}, chọn để tải về:"]
    for one in known[at : at + 8]:
        by = f", {one.uploaded_by}" if one.uploaded_by else ""
        day = one.uploaded_at.astimezone(VIETNAM).strftime("%d/%m/%Y")
        lines.append(f"• {short(one.form.title, 120)}: {wording.count(asked(one.form), 'câu')} (lưu ngày {day}{by})")
    lines.append(how + " /modot để mở đợt báo cáo.")
    return asks(state, HOLDER, "list", "\n".join(lines), (*page(_versions(context), at), *more))


def _versions(context: Context) -> list[Pair]:
    return [(f"f{one.id}", one.form.title) for one in context.desk.forms()]


def _workbook(state: State, version: int, context: Context) -> Step:
    one = next((one for one in context.desk.forms() if one.id == version), None)
    if one is None:
        return ends(state, "Biểu mẫu này vừa có phiên bản mới. Anh/chị gõ /bieumau để xem lại.")
    file = OutFile(one.workbook, f"{one.form.form_id}.xlsx", WORKBOOK)
    where = place(context, LASTS_LONG)
    says = f"{one.form.title} (phiên bản {one.form.version}). Anh/chị sửa trong Excel rồi gửi lại {where.says}"
    return saying(Step(state, (Reply(says, file=file),)), where)


def _upload(state: State, context: Context) -> Step:
    where = place(context)
    return saying(Step(state, (Reply(f"Anh/chị gửi tệp Excel {where.says}"),)), where)


def _read(state: State, kept: Attachment, context: Context) -> Step:
    version, problems = context.desk.read_form(kept)
    if version is None:
        lines = [f"Biểu mẫu “{short(kept.name)}” chưa dùng được:", *(f"• {one}" for one in problems[:_PROBLEMS])]
        if len(problems) > _PROBLEMS:
            lines.append(f"và {len(problems) - _PROBLEMS} lỗi nữa.")
        where = place(context, LASTS_LONG)
        lines.append(f"Anh/chị sửa trong Excel rồi gửi lại {where.says}")
        return saying(ends(state, "\n".join(lines)), where)
    given = (kept.ref, kept.name, kept.mime, str(kept.size))
    says = _card(version, context, problems)
    step = asks(state, HOLDER, "read", says, (Choice("keep", "Lưu biểu mẫu"), CANCEL), given=given)
    return with_effects(step, KeepFiles((kept,)))


def _card(version: FormVersion, context: Context, notes: tuple[str, ...]) -> str:
    form = version.form
    kinds = Counter(prompt.kind for prompt, _ in form.prompts() if prompt.kind in _KINDS)
    repeats = [item for item in form.items if isinstance(item, Repeat)]
    first = [prompt for prompt, _ in form.prompts() if prompt.kind in _KINDS][:_FIRST]
    lines = [
        f"Biểu mẫu: {form.title}",
        f"Phiên bản {form.version} · {wording.count(asked(form), 'câu')}: "
        + ", ".join(f"{count} {_KINDS[kind]}" for kind, count in kinds.most_common()),
        *(f"Nhóm lặp lại: {one.label or one.name} ({wording.count(len(one.prompts), 'câu')})" for one in repeats),
        "Những câu đầu:",
        *(f"{number}. {short(left_open(prompt.label), 100)}" for number, prompt in enumerate(first, 1)),
        *(f"Lưu ý: {note}" for note in notes[:_PROBLEMS]),
    ]
    if any(one.form.form_id == form.form_id for one in context.desk.forms()):
        lines.append("Biểu mẫu này đã có. Lưu thành phiên bản mới; các đợt đã mở vẫn theo phiên bản cũ.")
    return "\n".join(lines)


def _keep(state: State, context: Context) -> Step:
    given = state.managing.given if state.managing else ()
    if len(given) != 4:
        return _again(state, "Tôi không còn giữ biểu mẫu đó.", context)
    version, _ = context.desk.read_form(Attachment(given[0], given[1], given[2], int(given[3])))
    if version is None:
        return _again(state, "Tệp biểu mẫu không còn đọc được.", context)
    says = f"Đã lưu biểu mẫu “{version.form.title}”. Gõ /modot để mở đợt báo cáo theo biểu mẫu này."
    return ends(state, says, KeepForm(version.form, given[0]))


def _again(state: State, why: str, context: Context) -> Step:
    where = place(context)
    return saying(ends(state, f"{why} Anh/chị gửi lại tệp {where.says}"), where)


def _plans(context: Context) -> list[Pair]:
    library = context.library()
    positions = [(library.position(one.digest) if library else None, one) for one in context.desk.documents()]
    return [
        (f"d{position}", " – ".join(filter(None, (wording.name(one.header), one.header.subject))))
        for position, one in positions
        if position is not None
    ]


def _which_plan(state: State, pairs: list[Pair], at: int) -> Step:
    says = "Tạo biểu mẫu từ văn bản nào? Anh/chị chọn, hoặc gõ ký hiệu hay một phần tên."
    return asks(state, HOLDER, "plan", says, (*page(pairs, at), CANCEL))


def _generate(state: State, position: int, context: Context) -> Step:
    try:
        file = context.desk.generated_form(position)
    except FileRefused as error:
        return ends(state, str(error))
    where = place(context, LASTS_LONG)
    says = (
        "Đây là biểu mẫu tạo từ văn bản: mỗi nhiệm vụ một câu, thêm các câu thường có trong báo cáo. "
        f"Anh/chị sửa trong Excel nếu cần; để lưu, gửi lại {where.says}"
    )
    done = ends(state, "")
    return saying(Step(done.state, (Reply(says, file=file),)), where)


def asked(form: Form) -> int:
    """Return how many prompts of a form are answered."""
    return sum(1 for prompt, _ in form.prompts() if _is_asked(prompt))


def _is_asked(prompt: Prompt) -> bool:
    return prompt.kind in _KINDS
