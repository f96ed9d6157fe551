"""Whether a conversation can ask what a form workbook asks: every row that it cannot, with what to do about it.

pyxform reads more than can be asked by chat, passes over what it does not know, and speaks English; so the rows are
looked at here first. Expressions and lists of choices have modules of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.forms.check_choices import check_choices
from bot.forms.check_expressions import check_expressions
from bot.forms.problems import CHOICES, SETTINGS, SURVEY, FormError, Problem
from bot.forms.rows import GROUP, MEDIA, REPEAT, SELECTS, Kind, kind_of
from bot.forms.sheets import Row, Sheet

_COLUMNS = ("type", "name", "label")  # that the sheet must have
_NAME = re.compile(r"[^\W\d][\w.\-]*")
_RESERVED = {"meta", "data"}  # the one by XForms, the other is the root of what is evaluated
_ASKABLE = "text, integer, decimal, date, select_one, select_multiple, note, image, file hoặc calculate"
_RECORDED = {
    "start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit",
    "start-geopoint", "background-audio", "background-geopoint", "imei", "uri",
}  # fmt: skip
_INSTEAD = {
    "time": "dùng text và gợi ý cách ghi giờ",
    "datetime": "dùng date, cần giờ thì thêm một câu text",
    "range": "dùng integer với điều kiện ở cột constraint",
    "rank": "dùng select_multiple hoặc text",
    "acknowledge": "dùng select_one với lựa chọn Có",
    "hidden": "dùng calculate",
    "audio": "dùng file",
    "video": "dùng file",
    "geopoint": "dùng text để ghi địa điểm",
    "barcode": "dùng text",
}
# Columns that would change what is asked, or how, and that a chat cannot follow.
_UNASKABLE = {
    "choice_filter": "lọc lựa chọn theo câu trước (choice_filter) chưa được hỗ trợ; tách thành các câu có cột relevant",
    "repeat_count": "số lần lặp định trước (repeat_count) chưa được hỗ trợ; bỏ ô này, người báo cáo tự thêm",
    "trigger": "cột trigger chưa được hỗ trợ; bỏ ô này",
    "save_to": "cột save_to (entities) chưa được hỗ trợ; bỏ ô này",
}
_SHEETS = {
    "external_choices": "lựa chọn từ trang external_choices chưa được hỗ trợ; chuyển các lựa chọn sang trang choices",
    "entities": "trang entities chưa được hỗ trợ; xóa trang này",
}


def check(sheets: Mapping[str, Sheet]) -> None:
    """Raise FormError naming every row that cannot be used; nothing where all of them can."""
    survey = sheets.get(SURVEY)
    if survey is None:
        named = ", ".join(f"“{sheet.title}”" for sheet in sheets.values()) or "không trang nào"
        raise FormError(
            (Problem(None, f"thiếu trang tính “survey” (tệp có: {named}); đổi tên trang chứa câu hỏi thành survey"),)
        )
    twice = sorted({name for name in survey.heading if name and survey.heading.count(name) > 1})
    if twice:
        raise FormError((Problem(1, f"có hai cột “{twice[0]}”; bỏ một cột"),))
    missing = [column for column in _COLUMNS if not survey.has(column)]
    if missing:
        says = f"thiếu cột {', '.join(f'“{one}”' for one in missing)} ở dòng đầu; xin dùng mẫu XLSForm"
        raise FormError((Problem(1, says),))
    found = [
        *_check_sheets(sheets),
        *_check_rows(survey),
        *_check_nesting(survey),
        *_check_names(survey),
        *check_choices(survey, sheets.get(CHOICES)),
        *check_expressions(survey),
    ]
    if found:
        raise FormError(tuple(sorted(dict.fromkeys(found), key=lambda one: (one.sheet != SURVEY, one.row or 0))))


def _check_sheets(sheets: Mapping[str, Sheet]) -> Iterator[Problem]:
    for name in (SURVEY, CHOICES, SETTINGS):
        if name in sheets and sheets[name].title.lower() != name:
            yield Problem(None, f"tên trang tính “{sheets[name].title}” có dấu cách thừa; đổi thành “{name}”")
    for name, says in _SHEETS.items():
        if name in sheets and sheets[name].rows:
            yield Problem(sheets[name].rows[0].number, says, name)


def _check_rows(survey: Sheet) -> Iterator[Problem]:
    for row in survey.rows:
        kind = kind_of(row["type"])
        for says in (*_check_type(row, kind), *_check_name(row, kind), *_check_label(row, kind), *_check_cells(row)):
            yield Problem(row.number, says)


def _check_type(row: Row, kind: Kind | None) -> Iterator[str]:
    typed = row["type"]
    if not typed:
        if row["name"] or row.text("label"):
            yield f"thiếu loại câu hỏi ở cột type; ghi {_ASKABLE}"
    elif kind is not None:
        word = typed.split()[0]
        if word != word.lower():  # pyxform takes them as another type
            yield f"loại câu hỏi phải viết thường; sửa “{word}” thành “{word.lower()}”"
        if kind.name in SELECTS and not kind.list_name:
            yield f"“{typed}” thiếu tên danh sách lựa chọn; ghi ví dụ: {typed} co_khong"
        if kind.or_other:
            yield "or_other chưa được hỗ trợ; thêm lựa chọn “Khác” ở trang choices và một câu text hỏi rõ"
    elif typed.lower() in _RECORDED:
        yield f"“{typed}” là thông tin do máy tự ghi, không dùng ở đây; xóa dòng này"
    elif "external" in typed or "from_file" in typed or "from file" in typed:
        yield f"“{typed}” lấy lựa chọn từ tệp khác, chưa được hỗ trợ; chuyển các lựa chọn sang trang choices"
    else:
        instead = _INSTEAD.get(typed.split()[0].lower(), f"dùng {_ASKABLE}")
        yield f"loại câu hỏi “{typed}” chưa được hỗ trợ; {instead}"


def _check_name(row: Row, kind: Kind | None) -> Iterator[str]:
    name = row["name"]
    if kind is None or kind.ends:
        return
    if not name:
        yield "thiếu tên ở cột name; ghi một tên ngắn không dấu, không cách, ví dụ: so_sang_kien"
    elif not _NAME.fullmatch(name) or not name.isascii():
        yield f"tên “{name}” không dùng được; chỉ dùng chữ không dấu, số và gạch dưới, bắt đầu bằng chữ"
    elif name.lower() in _RESERVED:
        yield f"tên “{name}” dành riêng cho hệ thống; đổi tên khác"


def _check_label(row: Row, kind: Kind | None) -> Iterator[str]:
    if kind is None or kind.ends or kind.name == "calculate" or (kind.begins and kind.name == GROUP):
        return
    if not row.text("label"):
        what = "nhóm lặp chưa có tiêu đề" if kind.begins else "chưa có câu hỏi"
        yield f"{what}; ghi vào cột label"


def _check_cells(row: Row) -> Iterator[str]:
    for column, text in row.cells.items():
        base = column.partition(":")[0]
        if base in MEDIA:
            yield "hình, tiếng kèm câu hỏi (cột media) chưa được hỗ trợ; bỏ ô này"
        elif base in _UNASKABLE:
            yield _UNASKABLE[base]
        elif base == "readonly" and text.lower() not in ("no", "false", "false()"):
            yield "câu chỉ đọc (readonly) chưa được hỗ trợ; dùng note hoặc calculate"
        elif base == "appearance" and re.search(r"search\(|table-list|list-nolabel|^label$", text):
            yield f"cách hiện “{text}” ở cột appearance chưa được hỗ trợ; bỏ ô này"


def _check_nesting(survey: Sheet) -> Iterator[Problem]:
    """Yield what is wrong with begin and end: one missing, crossed, nothing between, a repeat in a repeat."""
    under_way: list[tuple[Row, Kind]] = []
    filled: list[bool] = []
    for row in survey.rows:
        kind = kind_of(row["type"])
        if kind is not None and kind.begins:
            if kind.name == REPEAT and any(outer.name == REPEAT for _, outer in under_way):
                says = f"nhóm lặp “{row['name']}” nằm trong nhóm lặp khác, chưa được hỗ trợ; đưa ra ngoài"
                yield Problem(row.number, says)
            filled = [True] * len(filled) + [False]
            under_way.append((row, kind))
        elif kind is not None and kind.ends:
            if not under_way or under_way[-1][1].name != kind.name:
                yield Problem(row.number, f"“{row['type']}” không khớp với dòng begin nào ở trên; sửa lại cho đủ cặp")
                return
            opened, _ = under_way.pop()
            if not filled.pop():
                yield Problem(
                    opened.number, f"nhóm “{opened['name']}” không có câu hỏi nào; thêm câu hỏi hoặc xóa nhóm"
                )
        elif row["type"]:
            filled = [True] * len(filled)
    for opened, kind in under_way:
        yield Problem(
            opened.number, f"nhóm “{opened['name']}” chưa có dòng end_{kind.name}; thêm vào sau câu cuối nhóm"
        )


def _check_names(survey: Sheet) -> Iterator[Problem]:
    """Yield names given twice, in other groups too: answers are kept, carried over and exported by name alone."""
    known: dict[str, int] = {}
    for row in survey.rows:
        kind, name = kind_of(row["type"]), row["name"].lower()
        if kind is None or kind.ends or not name:
            continue
        if name in known:
            says = f"tên “{row['name']}” trùng với dòng {known[name]}; mỗi câu một tên riêng, kể cả ở nhóm khác"
            yield Problem(row.number, says)
        known.setdefault(name, row.number)
