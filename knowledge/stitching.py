"""Joins sentences that a page or a line break cut in two, and never anything else.

White space is all that changes: a break becomes one space. A break is only healed on evidence: the next piece begins
in lower case, or the last word of this one cannot end a phrase. Headings, list items, table rows, the letterhead and
the lines under "Nơi nhận" stay as they are. What is not certain stays broken: a broken sentence costs an answer some
elegance, a heading swallowed by a paragraph costs the document its structure.

Strings in, strings out; knows nothing of files and pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.kinds import NAMES
from knowledge.text import fold

# A line shorter than this was not cut by a page or a margin: nothing follows it in the same sentence.
_SHORTEST_CUT = 45
# So many words before the break make running text rather than a heading.
_RUNNING_WORDS = 20
# How far down the kind of the document ("KẾ HOẠCH") may stand; above it is the letterhead.
_HEAD_LINES = 40

_OPENING = "*_“\"‘'(["
_NUMBER = re.compile(
    r"[*_]*(?:[IVXLC]{1,6}[.)/]|\d{1,3}(?:\.\d{1,3}){0,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\s|[a-zđ][.)]|\(\d{1,2}\)|\([a-zđ]\))"
    r"(?=\s|[*_“\"]|[^\W\d]|$)",
)
_NAMED = re.compile(
    r"[*_]*(?:(?:Điều|ĐIỀU|Mẫu số|MẪU SỐ|Biểu|Biểu số)\s+\d|(?:Phụ lục|PHỤ LỤC)(?:\s+[IVXLC\d]+\b|\s*$)"
    r"|(?:Chương|CHƯƠNG|Mục|MỤC|Tiểu mục|Phần|PHẦN)\s+(?:(?:thứ|THỨ)\s+\w+|[IVXLC\d]+\b))"
)
# A number or a letter that the margin parted from its words.
_ALONE = re.compile(r"[*_]*(?:[IVXLC]{1,6}[.)/]|\d{1,3}(?:\.\d{1,3}){0,3}[.)]|[a-zđ][.)])[*_]*")
_BULLET = re.compile(r"[-–—+•●▪◦·*✓]\s+\S|[-–+•]\S")
_YEAR_RANGE = re.compile(r"[-–]\s?\d{4}\b")  # "giai đoạn 2021 / - 2025": not a bullet
# Pairs written with a dash, so that a line may begin with it: "phát triển kinh tế / - xã hội".
_PAIR = re.compile(
    r"(?:kinh tế|chính trị|văn hóa|văn hoá) [-–] xã hội|quốc phòng,? [-–] an ninh|thi đua [-–] khen thưởng"
    r"|khoa học [-–] công nghệ|nông thôn [-–] đô thị"
)
_FRAME = re.compile(
    r"[*_]*(?:căn cứ|thực hiện|theo đề nghị|xét đề nghị|xét tờ trình|kính gửi|nơi nhận|số:|cộng hòa xã hội"
    r"|cộng hoà xã hội|độc lập|đảng cộng sản|ghi chú:|trên đây là)",
    re.IGNORECASE,
)
# A letter's subject stands above its dateline: "… quốc tế Long Thành / Hà Nội, ngày 28 tháng 4 năm 2026".
_DATELINE = re.compile(
    r"[*_]*[^\W\d_][^,;:.]{1,30},\s*ngày\s[\d.…_\s]{0,8}tháng\s[\d.…_\s]{0,8}năm\s*[\d.…_]{0,6}[*_]*", re.IGNORECASE
)
# The narrow cell of a letterhead broke a name that can stand in no other way.
_BROKEN_BODY = re.compile(
    r"(?:(?<!TỈNH )(?<!ĐẢNG )(?<!THÀNH )(?<!HUYỆN )(?<!QUẬN )(?<!THỊ )(?<!CHI )[ỦU][YỶ]\nBAN|[ỦU][YỶ] BAN NHÂN\nDÂN"
    r"|ĐỒNG NHÂN\nDÂN|H(?:ÒA|OÀ) XÃ\nHỘI)\b"
)
# A cell broke the line of the number: "Số:⏎12/QĐ-UBND".
_OPEN_NUMBER = re.compile(r"[*_| ]*[Ss]ố(?: hiệu| ký hiệu)? ?:[*_ ]*")
_CODE = re.compile(r"[*_]*\d{1,5}[a-zA-Z]?(?:/(?:19|20)\d\d)?[/-][A-ZĐƯ][\w/&-]*[*_]*")
# Who decides, below a subject: "… TRÊN ĐỊA BÀN TỈNH LÂM ĐỒNG / ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG".
_DECIDES = re.compile(
    r"[*_]*(?:(?:[ủu][ỷy]|uỷ) ban nhân dân|hội đồng nhân dân|chủ tịch|bộ trưởng|(?:tổng )?giám đốc|thủ tướng)\b",
    re.IGNORECASE,
)
_ENDS_PLACE = frozenset({"tỉnh", "huyện", "xã", "phường", "phố", "quận", "đồng"})
_RECIPIENTS = re.compile(r"\W*noi nhan\s*(?:\([^)]*\))?\W*(?:$|:)")
_APPENDIX = re.compile(r"[*_]*(?:phụ lục|mẫu số|danh mục|danh sách|biểu)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][”\"’')\]*_]*$|\./\..{0,20}$")
_LONE_STAR = re.compile(r"(?<!\*)\*(?!\*)")
_LAST_STAR = re.compile(r"^[^*]*[^\s*]\*[.;:,]?$")
_ELLIPSIS = re.compile(r"(?:…|\.{2,})[”\"’')\]*_]*$")

# Words that no phrase ends in.
_NEVER_LAST = frozenset(
    "của và với cho tại về do các những từ đến để trong bởi là hoặc số ngày tháng theo bằng nhằm trên dưới giữa như mà"
    " nếu khi cùng qua vào ở khoản điểm điều nhiệm được không đã sẽ cần phải một mỗi mọi toàn gồm kỳ thứ".split()
)
_MAY_END = re.compile(r"\b(?:tiếp|kèm|đi|noi|làm) theo$", re.IGNORECASE)  # … but "những năm tiếp theo"
# Words that call for a proper noun, or are the first syllable of one, so that the next piece begins with a capital.
_BEFORE_NAME = frozenset(
    "tỉnh huyện xã phường sở ban bộ hội đồng tịch luật đảng ủy uỷ viện cục chi phòng quyết đoàn trào ngành ông bà chí"
    " phố thị phó cộng nước quốc mặt hồ trung văn kế chỉ quy nghị thông chương xiii xiv quận thành giám chủ năm đoạn"
    " lần khóa khoá chức biểu".split()
)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    blank_before: bool  # a blank line stands above
    frame: bool  # letterhead, recipients, signature: nothing is joined
    title: bool  # in the block of the document's kind and subject


def stitch(text: str, *, author_breaks: bool = False) -> str:
    """Return `text` with broken sentences joined; only white space changes, and doing it twice changes nothing more.

    Paragraphs come out separated by one blank line; single line breaks that are not healed stay single, but for those
    around the kind of the document.
    `author_breaks`: paragraph marks were set by the author (Word files), so that only the plainest breaks are healed.
    """
    while True:
        joined = _once(text, author_breaks)
        if joined == text:
            return joined
        text = joined


def _once(text: str, author_breaks: bool) -> str:
    out: list[str] = []
    previous: _Line | None = None
    for line in _lines(text):
        if previous is not None and _continues(previous, line, author_breaks):
            out[-1] += " " + line.text
            previous = _Line(out[-1], previous.blank_before, previous.frame, previous.title)
            continue
        if previous is not None:
            apart = line.blank_before or is_kind_line(line.text) or is_kind_line(previous.text)
            out.append("\n\n" if apart else "\n")
        out.append(line.text)
        previous = line
    return "".join(out)


def _lines(text: str) -> list[_Line]:
    raw: list[tuple[str, bool]] = []
    blank = False
    for piece in text.split("\n"):
        stripped = " ".join(piece.split())
        if stripped:
            raw.append((stripped, blank))
        blank = not stripped
    kind_at = next((n for n, (line, _) in enumerate(raw[:_HEAD_LINES]) if is_kind_line(line)), 0)
    lines: list[_Line] = []
    frame, title = kind_at > 0, False
    for number, (line, blank_before) in enumerate(raw):
        if number == kind_at:
            frame = False
        if frame and number > kind_at and (is_kind_line(line) or _APPENDIX.match(line)):
            frame = False
        if _RECIPIENTS.match(fold(line)):
            frame = True
        after_kind = number > 0 and is_kind_line(raw[number - 1][0])
        title = is_kind_line(line) or (title and (after_kind or not blank_before))
        lines.append(_Line(line, blank_before, frame, title))
    return lines


def is_kind_line(line: str) -> bool:
    """Tell whether `line` is the document's kind standing alone, in capitals: "KẾ HOẠCH"."""
    bare = line.strip("*_ ")
    return bare == bare.upper() and bare.lower() in NAMES


def is_upper(line: str) -> bool:
    """Tell whether the words of `line` are in capitals, label and symbols aside."""
    words = [word for word in re.findall(r"[^\W\d_]+", _NUMBER.sub("", line, count=1)) if len(word) > 1]
    return bool(words) and all(word == word.upper() for word in words)


def starts_item(line: str) -> bool:
    """Tell whether `line` begins with a number, a letter or a bullet of its own, or a markdown heading."""
    if _YEAR_RANGE.match(line):
        return False
    return bool(_NUMBER.match(line) or _BULLET.match(line) or line.startswith(("#", "|")))


def starts_lower(line: str) -> bool:
    """Tell whether the first letter of `line`, opening marks aside, is in lower case."""
    bare = line.lstrip(_OPENING + " ")
    return bool(bare) and bare[0].islower()


def ends_sentence(line: str) -> bool:
    """Tell whether `line` ends with the end of a sentence."""
    return bool(_SENTENCE_END.search(line))


def cannot_end(line: str) -> bool:
    """Tell whether the last word or mark of `line` promises more: "của", a comma, an open bracket."""
    if line.endswith((",", "-", "–", "/", "(", "“")) and not line.endswith("./"):
        return True
    if line.count("(") > line.count(")") or line.count("“") > line.count("”"):
        return True
    words = re.findall(r"\w+", line[-24:])
    promising = bool(words) and line.endswith(words[-1]) and words[-1] in _NEVER_LAST
    return promising and not _MAY_END.search(line)


def _expects_name(line: str) -> bool:
    words = re.findall(r"\w+", line[-24:])
    return bool(words) and line.endswith(words[-1]) and words[-1].lower() in _BEFORE_NAME


def _goes_on_with_name(before: str, after: str) -> bool:
    """Tell whether `after` may be the name that `before` calls for; "… TỈNH LÂM ĐỒNG" has it, whoever decides below."""
    last = before.rstrip("*_ ").rpartition(" ")[2].lower()  # none in a line of stars
    return _expects_name(before) and not (_DECIDES.match(after) and last in _ENDS_PLACE)


def is_running(line: str) -> bool:
    """Tell whether `line` is long enough, or has sentences enough, to be running text rather than a heading."""
    return len(line.split()) >= _RUNNING_WORDS or bool(re.search(r"[^\W\d]{2,}[”)]*[.;]\s", line))


def _continues(previous: _Line, line: _Line, author_breaks: bool) -> bool:
    """Tell whether `line` goes on with the sentence of `previous`."""
    before, after = previous.text, line.text
    if line.blank_before and _DATELINE.fullmatch(after):
        return False
    if previous.frame and line.frame and not line.blank_before and _BROKEN_BODY.search(f"{before}\n{after}"):
        return True
    if not line.blank_before and _OPEN_NUMBER.fullmatch(before) and _CODE.fullmatch(after):
        return True
    if " | " in before or " | " in after or previous.frame or line.frame:
        return False
    if not line.blank_before and before.count("**") % 2 == 1:  # bold opened and not yet closed
        return True
    if not line.blank_before and _closes_italics(before, after):
        return True
    if is_kind_line(before) or is_kind_line(after):
        return False
    if not line.blank_before and _ALONE.fullmatch(before) and not starts_item(after):
        return True  # "**III.⏎ĐÁNH GIÁ NGUY CƠ**"
    if is_label(before, after):
        return False
    if previous.title:
        return _continues_title(before, after, apart=not line.title)
    if is_upper(before) or is_upper(after):
        return is_upper(before) and is_upper(after) and cannot_end(before)
    # Text kept from a web page may break after its first few words: "b) Trong thời hạn 01 ngày⏎làm việc, kể từ …".
    short = len(before) < _SHORTEST_CUT and (line.blank_before or author_breaks or not starts_lower(after))
    if short or ends_sentence(before) or before.endswith(":"):
        return False
    if _ELLIPSIS.search(before):
        return starts_lower(after)
    if starts_lower(after):
        return not before.endswith(";") or (not author_breaks and not _BULLET.match(before) and not _is_point(before))
    return not author_breaks and _continues_with_capital(before, after)


def _closes_italics(before: str, after: str) -> bool:
    """Tell whether `after` ends the italics that `before` opens: "*Giám đốc Sở⏎Nội vụ ban hành Quyết định …*"."""
    opened = before.startswith("*") and before[1:2].strip(" *") and len(_LONE_STAR.findall(before)) % 2 == 1
    return bool(opened) and not after.startswith("*") and bool(_LAST_STAR.search(after))


def _continues_title(before: str, after: str, *, apart: bool) -> bool:
    if _FRAME.match(after) or ends_sentence(before):
        return False
    return starts_lower(after) or (not apart and (cannot_end(before) or _goes_on_with_name(before, after)))


def is_label(before: str, after: str) -> bool:
    """Tell whether the break stands between a label and something else, where nothing may be joined."""
    if before.startswith("#"):
        return True
    if _NUMBER.fullmatch(after) and (cannot_end(before) or _expects_name(before)):
        return False  # "lần thứ / XX."
    if starts_item(after):
        return not _PAIR.search(f"{before[-20:]} {after[:20]}".lower())
    # "quy định tại / Điều 8 Luật …" is a citation; "Điều 8. Trách nhiệm" is a heading.
    return bool(_NAMED.match(after)) and not (cannot_end(before) and not re.match(r"[^.]{3,14}\.\s", after))


def _is_point(line: str) -> bool:
    return bool(re.match(r"[a-zđ][.)]", line)) or starts_lower(line)


def _continues_with_capital(before: str, after: str) -> bool:
    if before.endswith(";") or _FRAME.match(after) or re.match(r"[*_]{2,}", after):
        return False
    if re.fullmatch(r"[*_]{2,}.*[*_]{2,}", before):
        return False
    if _YEAR_RANGE.match(after):
        return before[-1].isdigit()
    return cannot_end(before) or (_goes_on_with_name(before, after) and (after[0].isdigit() or is_running(before)))
