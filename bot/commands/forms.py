"""`tdkt form`: the forms of reports: kept from a workbook, listed, made from an indexed plan."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.arguments import Parser
from bot.errors import BotError, UsageError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.app import App
    from bot.domain.rounds import FormVersion
    from knowledge.document import Document

NAME = "form"
HELP = "biểu mẫu báo cáo: lưu từ tệp Excel, xem, tạo từ kế hoạch"
_PROBLEMS, _LISTED = 3, 10  # named in an error


def configure(parser: Parser) -> None:
    """Add the command's own arguments."""
    branches = parser.branch(
        add="lưu một biểu mẫu từ tệp Excel theo mẫu XLSForm",
        list="xem các biểu mẫu đã lưu",
        make="tạo tệp biểu mẫu từ một kế hoạch đã lập chỉ mục",
    )
    branches["add"].positional.add_argument("file", type=Path, metavar="TỆP.xlsx", help="tệp biểu mẫu")
    branches["make"].positional.add_argument("document", metavar="VĂN_BẢN", help="ký hiệu, tên tệp hoặc một phần tên")
    branches["make"].optional.add_argument(
        "-o", "--output", type=Path, metavar="TỆP.xlsx", help="tệp kết quả (ghi đè nếu đã có) hoặc thư mục"
    )


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Do what was asked for."""
    from bot.app import App

    app = App(settings)
    match options.branch:
        case "add":
            _add(app, options.file)
        case "make":
            _make(app, options.document, options.output)
        case _:
            _list(app)
    return 0


# Keeping a form


def _add(app: App, file: Path) -> None:
    from bot.app import now
    from bot.commands.acting import act
    from bot.dialogues.desk import KeepFiles, KeepForm
    from bot.dialogues.forms_desk import WORKBOOK
    from bot.domain.messages import Attachment
    from bot.forms.workbook import read_workbook
    from bot.store import forms
    from knowledge.db import writing

    content, time = _content(file), now()
    form, problems = read_workbook(content, file.name)
    if form is None:
        raise UsageError(
            f"Biểu mẫu “{file.name}” chưa dùng được: {_some(problems)} Anh/chị sửa trong Excel rồi lưu lại."
        )
    digest = app.files.put(content)
    kept = Attachment(digest, file.name, WORKBOOK, len(content))
    with writing(app.engine) as session:
        before = {one.id for one in forms.versions(session)}
        act(session, (KeepForm(form, digest), KeepFiles((kept,))), time)
        version = next(one for one in forms.versions(session) if one.form.form_id == form.form_id)
    print(f"{'Đã có sẵn' if version.id in before else 'Đã lưu'} biểu mẫu {version.id} – {_line(version)}")
    for note in problems:
        print(f"Lưu ý: {note}")
    if version.id not in before:
        print(f"Mở đợt báo cáo: tdkt round open --form {version.id} --title TÊN --due HẠN")


def _content(file: Path) -> bytes:
    from bot.domain.attachments import MAX_BYTES

    if file.suffix.lower() != ".xlsx":
        raise UsageError(f"{file} không phải tệp .xlsx. Trong Excel, anh/chị chọn Lưu thành “Excel Workbook (.xlsx)”.")
    if not file.is_file():
        raise UsageError(f"Không có tệp {file}. Anh/chị kiểm tra lại đường dẫn.")
    if file.stat().st_size > MAX_BYTES:
        raise UsageError(f"Tệp {file} vượt mức {MAX_BYTES // 2**20} MB. Anh/chị bỏ bớt hình ảnh trong tệp.")
    return file.read_bytes()


def _some(problems: Sequence[str]) -> str:
    """Return the first problems on one line."""
    said = "; ".join(problem.rstrip(".") for problem in problems[:_PROBLEMS])
    more = f"; và {len(problems) - _PROBLEMS} lỗi nữa" if len(problems) > _PROBLEMS else ""
    return " ".join(f"{said}{more}.".split())


# The list


def _list(app: App) -> None:
    from bot.store import forms
    from knowledge.db import reading

    with reading(app.engine) as session:
        known = forms.versions(session)
    for version in known:
        print(f"{version.id:>4}  {_line(version)}")
    if not known:
        print("Chưa có biểu mẫu nào. Lưu: tdkt form add TỆP.xlsx; tạo từ kế hoạch: tdkt form make VĂN_BẢN")


def _line(version: FormVersion) -> str:
    from bot import wording
    from bot.asking import VIETNAM
    from bot.dialogues.forms_desk import asked

    form, day = version.form, version.uploaded_at.astimezone(VIETNAM)
    return (
        f"{form.title} · {form.form_id}, phiên bản {form.version} · "
        f"{wording.count(asked(form), 'câu')} · lưu ngày {day:%d/%m/%Y}, {version.uploaded_by}"
    )


def choose_form(wanted: str, known: Sequence[FormVersion]) -> FormVersion:
    """Return the form of that number, id, or title in any spelling; UsageError where there is none, or several."""
    from bot.domain.choosing import choose
    from knowledge.text import fold, normalise

    if not known:
        raise UsageError("Chưa có biểu mẫu nào. Lưu một biểu mẫu trước: tdkt form add TỆP.xlsx")
    text = fold(normalise(wanted)).strip()
    found = [one for one in known if text in (str(one.id), fold(one.form.form_id))]
    if not found and not text.isdecimal():  # a number is that of a version, never a place in the list
        at = choose(wanted, [one.form.title for one in known])
        found = [known[at]] if at is not None else [one for one in known if text and text in fold(one.form.title)]
    if len(found) == 1:
        return found[0]
    what = f"Có {len(found)} biểu mẫu khớp" if found else "Không có biểu mẫu"
    named = "; ".join(f"{one.id} – {one.form.title}" for one in (found or known)[:_LISTED])
    raise UsageError(f"{what} “{wanted}”: {named}. Anh/chị ghi số của biểu mẫu.")


# Making one from a plan


def _make(app: App, wanted: str, output: Path | None) -> None:
    from bot.app import now
    from bot.commands.acting import desk_of
    from bot.commands.export import write_whole
    from bot.dialogues.desk import FileRefused
    from bot.making import generate

    if output is not None and not output.parent.is_dir():
        raise UsageError(f"Không có thư mục {output.parent}. Anh/chị tạo thư mục hoặc chọn nơi khác.")
    app.library()  # says so where nothing is indexed
    document = choose_plan(wanted, desk_of(app, now()).documents())
    try:
        made = generate(document)
    except FileRefused as error:
        raise BotError(str(error)) from error
    target = output or Path()
    target = target / made.name if target.is_dir() else target
    write_whole(target, made.content)
    print(f"{target}: biểu mẫu từ {name_of(document)}.")
    print(f"Sửa trong Excel nếu cần, rồi lưu: tdkt form add {target}")


def choose_plan(wanted: str, plans: Sequence[Document]) -> Document:
    """Return the plan of that symbol or file name, or the only one whose name has those words; else UsageError."""
    from knowledge.text import fold, normalise

    if not plans:
        raise UsageError("Chưa có kế hoạch hay chương trình nào được lập chỉ mục. Nạp văn bản trước: tdkt index TỆP")
    text = fold(normalise(wanted)).strip()
    exact = [one for one in plans if text in (fold(one.header.symbol or ""), fold(one.file))]
    found = exact or [one for one in plans if text and text in fold(f"{name_of(one)} {one.file}")]
    if len(found) == 1:
        return found[0]
    what = f"Có {len(found)} văn bản khớp" if found else "Không có kế hoạch, chương trình"
    named = "; ".join(f"{one.file} – {name_of(one)}" for one in (found or plans)[:_LISTED])
    raise UsageError(f"{what} “{wanted}”: {named}. Anh/chị ghi ký hiệu hoặc tên tệp.")


def name_of(document: Document) -> str:
    """Return a document as people tell it from others."""
    from bot import wording
    from bot.dialogues.managing import short

    return short(" – ".join(filter(None, (wording.name(document.header), document.header.subject))), 100)
