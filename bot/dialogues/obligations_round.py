"""From a confirmed duty to a round of reports: which form, a card, opened. Pure.

The form is one that is kept, or is made from the tasks of the duty's own document and kept on the way. Of a recurring
duty the round of the next occurrence is opened now or left to open by itself; those after it open with the same form.
`Managing.given` is the key of the duty and, once a form is chosen, the sha256 of its workbook.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot import wording
from bot.asking import VIETNAM
from bot.dialogues.announcing import opening
from bot.dialogues.desk import FileRefused, KeepForm, OpenRound
from bot.dialogues.duties import Decide
from bot.dialogues.managing import Pair, asks, ends, found, number_in, page, short, when, with_effects
from bot.dialogues.obligations_view import CARD, HOLDER, card, find, given_of, owing
from bot.dialogues.round_terms import unheard
from bot.dialogues.state import Context, Managing, State, Step
from bot.dialogues.uploading import place, saying
from bot.domain.forms import PromptKind
from bot.domain.messages import Attachment, Choice, OutFile
from bot.domain.obligations import Decision, Item, Status, Terms, title_of
from bot.domain.occurrences import unfold
from bot.domain.rounds import FormVersion
from knowledge.text import fold

MAKE = Choice("make", "Tạo từ các nhiệm vụ của văn bản")
_NOT_ASKED = (PromptKind.NOTE, PromptKind.CALCULATE)
OTHER = Choice("open", "Biểu mẫu khác")
_OPEN, _OPEN_NOW, _BY_ITSELF = Choice("go", "Mở đợt"), Choice("go", "Mở ngay kỳ này"), Choice("auto", "Để tự mở")


def ask_form(state: State, item: Item, context: Context, at: int = 0, problem: str = "") -> Step:
    """Ask which form the units fill in."""
    if item.decision is None or item.decision.terms is None:
        return ends(state, "Nhiệm vụ này chưa được xác nhận. Anh/chị gõ /nhiemvu để xác nhận trước.")
    made = (MAKE,) if context.duties.position(item.proposal.document) is not None else ()
    pairs = form_pairs(context)
    if not made and not pairs:
        where = place(context)
        says = f"Chưa có biểu mẫu nào. Anh/chị lưu biểu mẫu rồi gõ lại /nhiemvu: gửi tệp Excel (.xlsx) {where.says}"
        return saying(ends(state, says), where)
    says = f"{problem}Các đơn vị báo cáo theo biểu mẫu nào?"
    return asks(state, HOLDER, "form", says, (*made, *page(pairs, at), CARD), given=given_of(item))


def form_pairs(context: Context) -> list[Pair]:
    """Return the forms that are kept."""
    return [(f"f{one.id}", one.form.title) for one in context.desk.forms()]


def take_form(state: State, item: Item, key: str, context: Context) -> Step:
    """Take the form, making it where it is to be made."""
    if key == MAKE.key:
        return _make(state, item, context)
    number = number_in(key, "f")
    version = next((one for one in context.desk.forms() if one.id == number), None)
    if version is None:
        return ask_form(state, item, context, problem="Biểu mẫu này vừa có phiên bản mới. ")
    return _card(state, item, version, context)


def typed_form(state: State, item: Item, typed: str, context: Context) -> Step | None:
    """Take the name of a form; None where it names none."""
    key = found(typed, [(MAKE.key, MAKE.label), *form_pairs(context)])
    return take_form(state, item, key, context) if key else None


def _make(state: State, item: Item, context: Context) -> Step:
    position = context.duties.position(item.proposal.document)
    if position is None:
        return ask_form(state, item, context, problem="Văn bản này không còn trong kho. ")
    try:
        file = context.desk.generated_form(position)
    except FileRefused as error:
        return ask_form(state, item, context, problem=f"{error} ")
    version, problems = context.desk.read_form(Attachment(file.sha256, file.name, file.mime, 0))
    if version is None:
        return ask_form(state, item, context, problem=f"Chưa tạo được biểu mẫu: {'; '.join(problems[:3])} ")
    step = _card(state, item, version, context, file)
    return with_effects(step, KeepForm(version.form, file.sha256))


def _card(state: State, item: Item, version: FormVersion, context: Context, file: OutFile | None = None) -> Step:
    plan = _plan(item, context)
    if isinstance(plan, str):
        return ends(state, plan)
    terms, title, due, _ = plan
    units = owing(item, terms, context)
    asked = sum(1 for prompt, _ in version.form.prompts() if prompt.kind not in _NOT_ASKED)
    made = ", tạo từ văn bản và đã lưu; muốn sửa thì gửi lại tệp Excel, rồi chọn Biểu mẫu khác" if file else ""
    lines = [
        f"Đợt báo cáo: {title}",
        f"Biểu mẫu: {version.form.title} ({wording.count(asked, 'câu')}{made})",
        f"Hạn nộp: {when(due)}",
        f"{wording.count(len(units), 'đơn vị')}: {', '.join(unit.name for unit in units)}",
        unheard(units, context),
    ]
    choices: tuple[Choice, ...] = (_OPEN,)
    if terms.rhythm is not None:
        days = context.duties.open_days()
        lines.append(f"Các kỳ sau tự mở theo biểu mẫu này, trước hạn {days} ngày.")
        far = (due.date() - context.now.astimezone(VIETNAM).date()).days > days
        choices = (_BY_ITSELF, _OPEN_NOW) if far else (_OPEN,)
    else:
        lines.append("Mở đợt thì các cán bộ tổng hợp được báo ngay.")
    says = "\n".join(line for line in lines if line)
    given = (item.key, version.workbook)
    return asks(state, HOLDER, "round", says, (*choices, OTHER, CARD), given=given, file=file)


def _plan(item: Item, context: Context) -> tuple[Terms, str, datetime, str] | str:
    """Return the terms, title, due time and occurrence of the round that would open; or why none can."""
    decision = item.decision
    if decision is None or decision.terms is None or decision.status is not Status.CONFIRMED:
        return "Nhiệm vụ này chưa được xác nhận. Anh/chị gõ /nhiemvu để xác nhận trước."
    terms = decision.terms
    had = {one.obligation for one in context.duties.rounds(item.key) if one.closed_at is None}
    if terms.rhythm is not None:
        coming = [one for one in unfold(item.key, terms.rhythm, context.now) if one.key not in had]
        if not coming:
            return "Các kỳ trong một năm tới đều đã có đợt báo cáo. Gõ /dotbaocao để xem."
        title = title_of(item.proposal, terms, coming[0].period)
        return terms, _unused(title, context), coming[0].due_at, coming[0].key
    if item.key in had:
        return "Nhiệm vụ này đã có đợt báo cáo đang mở. Gõ /dotbaocao để xem."
    if terms.due_at is None or terms.due_at <= context.now:
        return "Hạn của nhiệm vụ này đã qua. Anh/chị gõ /nhiemvu, chọn Sửa để nhập hạn khác."
    return terms, _unused(title_of(item.proposal, terms), context), terms.due_at, item.key


def _unused(title: str, context: Context) -> str:
    """Return the title, or with a number where an open round has it already."""
    taken = {fold(one.title) for one in context.desk.rounds() if one.closed_at is None}
    name, number = short(title, 190), 2
    while fold(name) in taken:
        name, number = f"{short(title, 180)} (lần {number})", number + 1
    return name


def open_it(state: State, item: Item, managing: Managing, context: Context, *, now: bool) -> Step:
    """Open the round, or leave it to open by itself when its time comes."""
    workbook = managing.given[1] if len(managing.given) > 1 else ""
    version = next((one for one in context.desk.forms() if one.workbook == workbook), None)
    plan = _plan(item, context)
    if isinstance(plan, str):
        return ends(state, plan)
    if version is None or item.decision is None:
        return ask_form(state, item, context, problem="Biểu mẫu này vừa có phiên bản mới. ")
    terms, title, due, occurrence = plan
    keeps = Decide(_with_form(item.decision, version.id, context)) if terms.rhythm is not None else None
    if not now:
        opens = due - timedelta(days=context.duties.open_days())
        says = f"Vâng. Đợt “{title}” tự mở từ ngày {opens:%d/%m/%Y}, các kỳ sau cũng vậy."
        return ends(state, says, *([keeps] if keeps else []))
    units = owing(item, terms, context)
    if not units:
        return card(state, item.key, context, first="Các đơn vị của nhiệm vụ này không còn hoạt động.")
    opened = OpenRound(title, version.id, context.now, due, tuple(unit.key for unit in units), occurrence)
    says = (
        f"Đã mở đợt “{title}” cho {wording.count(len(units), 'đơn vị')}, hạn {when(due)}. "
        "Gõ /dotbaocao để theo dõi, /nhiemvu để xem nhiệm vụ khác."
    )
    return ends(state, says, *([keeps] if keeps else []), *opening(opened, context.now))


def _with_form(decision: Decision, form: int, context: Context) -> Decision:
    by = context.person.name if context.person else decision.by
    return replace(decision, form=form, by=by, at=context.now, revision=decision.revision + 1)


def find_item(managing: Managing, context: Context) -> Item | None:
    """Return the duty that is looked at."""
    return find(managing.given[0], context.duties.items()) if managing.given else None
