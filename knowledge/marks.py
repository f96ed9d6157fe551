"""What one line is in the frame: a number line, a dateline, a legal basis, the kind of the document.

Lines and strings in, answers out; knows nothing of where in the document the line stands.
"""

from __future__ import annotations

import re

from knowledge.kinds import CALLED, NAMES
from knowledge.letters import is_upper
from knowledge.lines import Line
from knowledge.numbering import Label, Level, read_labels
from knowledge.text import fold

# Kinds that stand as a title but in no list of kinds.
_OTHER_TITLES = """
quy ước | bộ tiêu chí | bảng tiêu chí | quy trình | bản cam kết | giao ước thi đua |
quy tắc | định mức | quy chuẩn | danh sách | danh mục | quy định chi tiết | kế hoạch liên tịch | hướng dẫn liên ngành |
giấy chứng nhận | phiếu trình | bài phát biểu | bản thuyết minh | thông báo kết luận | kế hoạch phối hợp
"""
_TITLES = sorted(NAMES | CALLED | {" ".join(name.split()) for name in _OTHER_TITLES.split("|")}, key=len, reverse=True)
_BY_FOLD = {fold(kind): kind for kind in _TITLES}
_TITLE = re.compile(rf"^(?:dự thảo\s+)?(?P<kind>{'|'.join(map(re.escape, _TITLES))})(?![^\W_])", re.IGNORECASE)
# A capital S: "số 41-CT/TW ngày …" at the beginning of a line is the rest of a citation.
_NUMBER_LINE = re.compile(
    r"^\W*(?:(?:Luật|LUẬT|Nghị quyết|Pháp lệnh)\s+(?i:số)\s*:|"
    r"S(?i:[oốôóồ0])\s*(?:hiệu\s*)?(?:[:.]|(?=[\d…._/ -]+[/-])))"
)
_DATELINE = re.compile(
    r"(?:^\W*|,\s*)ng[aà]y\b.{0,18}(?:\bth[aá]ng\b|/).{0,16}(?:\bn[aăâ]m\b|/)\s*[\d.…_]*\W*$", re.IGNORECASE
)
_LETTERHEAD = re.compile(
    r"cong\s*hoa\s*xa\s*hoi|doc lap\s*[-–.]?\s*tu do|dang cong san viet nam|^\W*(?:uy ban|ubnd|hdnd|hoi dong|so|bo|cuc|"
    r"chi cuc|tong cuc|ban(?! hanh)|van phong|phong|truong|trung tam|dang uy|dang bo|tinh uy|thanh uy|huyen uy|"
    r"chinh phu|quoc hoi|thu tuong|cong an|vien|benh vien|hoi|lien doan|cong doan|doan|tinh|thanh pho|"
    r"huyen|xa|phuong|quan|mat tran)\b"
)
_BASES = re.compile(
    r"^\W*(?:c[aăâ]n c[uưứừửữ]|thực hiện|xét|theo|tiếp theo|sau khi|để |nhằm |trên cơ sở|triển khai|hưởng ứng|"
    r"chấp hành|nhận được|phúc đáp|trả lời|qua |vừa qua|ngày \d|thi hành|thừa lệnh|được sự|quốc hội ban hành|"
    r"chính phủ ban hành|bộ trưởng .{4,60} ban hành)",
    re.IGNORECASE,
)
_AUTHORITY = re.compile(
    r"^(?:QUỐC HỘI|CHÍNH PHỦ|THỦ TƯỚNG|CHỦ TỊCH|BỘ TRƯỞNG|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|"
    r"BAN (?:THƯỜNG|CHẤP|BÍ)|TỔNG|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|TRƯỞNG|HIỆU TRƯỞNG|CHÁNH|VIỆN TRƯỞNG|THỐNG ĐỐC|"
    r"ĐOÀN CHỦ TỊCH|BÍ THƯ|ĐẢNG ỦY|THỦ TRƯỞNG|CHỦ NHIỆM)\b"
)
_AUTHORITY_WORDS = 12
_ENACTS = re.compile(r"^\W*(?:quyết định|quyết nghị|chỉ thị|ban hành|thông báo|nghị quyết)\s*:?\W*$", re.IGNORECASE)
_ADDRESSED = re.compile(r"^\W*k[ií]nh\s*(?:g[uửừứơởờ]i|m[oờơ]i)\b", re.IGNORECASE)
_ABOUT = re.compile(r"^\W*(?:(?:v/v|vv|v\.v|về việc)\b\s*:?|về\s*:)", re.IGNORECASE)
_ATTACHED = re.compile(r"^\W*(?:ban hành )?(?:kèm theo|kem theo)\b|\(.{0,40}kèm theo", re.IGNORECASE)
_DRAFT = re.compile(r"^\W*(?:bản\s+)?dự thảo(?:\s+(?:lần|l|số|v|ngày).{0,20})?\W*$", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\.{5,}|…{3,}|_{5,}|(?:\s\.){5,})\s*\d{1,3}$")
_RULE = re.compile(r"^[\W_]*$")
# What web pages put before a title: "Toàn văn Kế hoạch …", an emoji, a tag of the page's own, "[Đào tạo] Thông báo …".
_BEFORE_TITLE = re.compile(
    r"^(?:[\u2600-\u27bf\U0001f000-\U0001faff\s]+|\[[^\[\]\n]{1,24}\]\s+|(?:Toàn văn|Nội dung)\s+)+"
)
_CAME_WITH = re.compile(r"\s*\((?:được )?(?:ban hành )?kèm[^()]*\)[ .*_]*$", re.IGNORECASE)
_SYMBOL_ALONE = re.compile(r"^\d{1,5}[a-z]?(?:/(?:19|20)\d\d)?[-/][A-ZĐƯ&]{1,12}(?:[-/][A-Za-zĐđƯư&]{1,12}\d{0,2})+$")
_LONGEST_TITLE, _FEWEST_WORDS = 300, 3
_FEWEST_SAID_AGAIN, _MARK_WORDS = 5, 10  # words; "(Ban hành kèm theo …)." may stand behind


def title_kind(line: Line) -> tuple[str, str] | None:
    """Return (kind in lower case, further words) where the line is a document's kind in capitals or alone."""
    text = bare_title(line.text.strip(" .:"))
    pieces = text.split()
    if len(pieces) > 3 and all(len(piece) == 1 for piece in pieces):  # "K Ế H O Ạ C H"
        joined = "".join(pieces)
        text = next((kind.upper() for kind in _TITLES if kind.replace(" ", "").upper() == joined), text)
    match = _TITLE.match(text)
    if match is None:
        # "KÉ HOẠCH", "QUYÊT ĐỊNH": recognition errs on the marks of capitals; only a line of its own is sure enough.
        damaged = _BY_FOLD.get(fold(text)) if is_upper(text) and " " in text else None
        return (damaged, "") if damaged else None
    kind, rest = match["kind"], text[match.end() :].strip(" :")
    if not rest:
        return (kind.lower(), "") if is_upper(kind) or kind[0].isupper() else None
    return (kind.lower(), rest) if is_upper(kind) and len(kind.split()) + len(rest.split()) > 1 else None


def spoken_title(line: Line) -> tuple[str, str] | None:
    """Return (kind, further words) of a title in small letters: "Thông báo về việc khai giảng khóa …".

    So begin texts that came without letterhead, from a web page; anywhere but on the first line it is a sentence.
    """
    text = without_mark(bare_title(line.text.strip(" .*_")))
    match = _TITLE.match(text)
    ends = line.closed and not (line.text.endswith(".") and ". " not in line.text)
    if match is None or not match["kind"][:1].isupper() or ends or len(text) > _LONGEST_TITLE:
        return None
    rest = text[match.end() :].strip(" :")
    return (match["kind"].lower(), rest) if len(rest.split()) >= _FEWEST_WORDS else None


def without_mark(text: str) -> str:
    """Return a title without what brought it at its end: "Thể lệ … (Ban hành kèm theo Quyết định số 12/QĐ-X)"."""
    return _CAME_WITH.sub("", text)


def bare_title(text: str) -> str:
    """Return a title without what a web page put before it: an emoji, a tag in brackets, "Toàn văn"."""
    return _BEFORE_TITLE.sub("", text)


def opens_body(line: Line) -> Label | None:
    """Return the label of a line that opens a body: the first of a list, or any Chương, Điều."""
    for label in read_labels(line.text):
        if label.level in {Level.BULLET, Level.MINOR} or is_contents(line):
            continue
        if label.level in {Level.PART, Level.CHAPTER, Level.DIVISION, Level.ARTICLE}:
            return label
        if label.first and label.level is not Level.APPENDIX and label.rest:
            return label
        if label.level is Level.ROMAN and label.rest and (is_upper(label.rest) or not line.closed):
            return label  # an excerpt may begin at "IV. TỔ CHỨC THỰC HIỆN"
    return None


def is_dateline(line: Line) -> bool:
    """Tell whether the line is a date and nothing after it, with its place or without."""
    return len(line.text) < 110 and bool(_DATELINE.search(line.text)) and not is_basis(line.text)


def is_number_line(line: Line) -> bool:
    """Tell whether the line gives a number: "Số: 12/KH-SNV"."""
    return bool(_NUMBER_LINE.match(line.text))


def is_symbol_alone(line: Line) -> bool:
    """Tell whether the line is a symbol and nothing else: "51/QĐ-SNV"."""
    return bool(_SYMBOL_ALONE.match(line.text.strip(" *_")))


def is_basis(text: str) -> bool:
    """Tell whether `text` begins as legal bases and lead-ins do: "Căn cứ …", "Thực hiện …"."""
    return bool(_BASES.match(text))


def is_authority(line: Line) -> bool:
    """Tell whether the line names who decides, in capitals: "GIÁM ĐỐC SỞ NỘI VỤ"."""
    return line.upper and bool(_AUTHORITY.match(line.text.strip(" *_")))


def is_small_authority(line: Line, below: Line) -> bool:
    """Tell whether the line names who decides in small letters, above the legal bases: "Ủy ban nhân dân tỉnh …"."""
    words = line.text.strip(" *_")
    named = _AUTHORITY.match(words.upper()) and words[:1].isupper() and words[-1:].isalpha()
    return bool(named) and len(words.split()) <= _AUTHORITY_WORDS and is_basis(below.text)


def is_enactment(text: str) -> bool:
    """Tell whether `text` is the word that enacts: "QUYẾT ĐỊNH:"."""
    return bool(_ENACTS.match(text))


def is_address(line: Line) -> bool:
    """Tell whether the line addresses somebody: "Kính gửi: …"."""
    return bool(_ADDRESSED.match(line.text))


def is_about(line: Line) -> bool:
    """Tell whether the line begins a letter's subject: "V/v …"."""
    return bool(_ABOUT.match(line.text))


def is_contents(line: Line) -> bool:
    """Tell whether the line is of a table of contents: "Điều 5. Hồ sơ ........ 12"."""
    return bool(_LEADERS.search(line.text)) or line.folded in {"muc luc", "muc luc:"}


def is_draft_mark(line: Line) -> bool:
    """Tell whether the line says that the document is a draft: "(Dự thảo)"."""
    return bool(_DRAFT.match(line.text))


def is_rule(line: Line) -> bool:
    """Tell whether the line holds no word: "-----"."""
    return bool(_RULE.match(line.text))


def says_again(text: str, title: str) -> bool:
    """Tell whether `text` begins with the words of `title`, or with nearly all of them: web pages say titles twice."""
    again, said = fold(text).split(), fold(title).split()
    if len(again) > 2 * len(said) or (text.endswith(".") and len(again) > len(said) + _MARK_WORDS):
        return False  # a sentence that goes on with the title's words
    alike = next((at for at, (one, other) in enumerate(zip(again, said, strict=False)) if one != other), None)
    alike = min(len(again), len(said)) if alike is None else alike
    return alike >= max(_FEWEST_SAID_AGAIN, 0.8 * len(said))


def in_letterhead(line: Line) -> bool:
    """Tell whether a line can stand in a letterhead: a body's name, the nation's."""
    return bool(_LETTERHEAD.search(line.folded))


def is_attached_mark(text: str) -> bool:
    """Tell whether `text` says what the text is attached to: "(Ban hành kèm theo Quyết định số …)"."""
    return bool(_ATTACHED.search(text.strip(" *_“”")))
