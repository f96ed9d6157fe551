"""Plain text and Markdown → text."""

from __future__ import annotations

import re
from itertools import chain

from knowledge import encodings, layout
from knowledge.letters import is_upper
from knowledge.readers.base import Extract, PageText, join_cells
from knowledge.readers.markup import plain_text
from knowledge.readers.placed import Flow, Side, Word, arrange, rows_of
from knowledge.readers.spread import rows_together
from knowledge.stitching import is_kind_line
from knowledge.text import fold, normalise

_HEAD = 40  # lines down which the letterhead may reach
_RECIPIENTS = re.compile(r"\s*noi nhan\b[^:]{0,20}:")
_WIDE_GAP = re.compile(r"\S(?: {3,}|\t+)\S")
# Left blank to be filled in by hand, inside what is one line: "Số: 64        /2024/QĐ-UBND", "ngày     tháng 3 năm".
_BLANK = re.compile(
    r"\b[Ss]ố ?:[ \t]*\d{0,6}[a-z]?[ \t]{2,}(?=[/–-] ?\w)"
    r"|\bngày[ \t]+\d{0,2}[ \t]*tháng[ \t]+\d{0,2}[ \t]*(?=năm\b)"
)
# A page lost its breaks: "… ngày 3 tháng 2 năm 2031 QUYẾT ĐỊNH VỀ GIỜ CHẠY CỦA BẾN ĐÒ GIÁM ĐỐC SỞ BẾN ĐÒ".
_RUN_TOGETHER = re.compile(
    r"^(?P<place>.*\bngày \d{1,2} tháng \d{1,2} năm \d{4}) (?P<kind>[A-ZĐ][^\W\d_]+(?: [^\W\d_]+)?) (?P<subject>\S.*)$"
)
_DECIDES = re.compile(
    r"^(?P<subject>.*(?<! CỦA)(?<! DO)(?<! CHO)(?<! TỔNG)(?<! PHÓ)) "
    r"(?P<who>(?:(?:TỔNG )?GIÁM ĐỐC|BỘ TRƯỞNG|CHỦ TỊCH|THỦ TƯỚNG|[ỦU][YỶ] BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN)\b.*)$"
)
_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*")
# What programs that turn pages into text leave between them.
_PAGE_BREAK = re.compile(
    r"^[ \t]*(?:-{2,}|<!--)[ \t]*(?:page[ _-]?break|page[ _-]?\d+)[ \t]*(?:-{2,}|-->)[ \t]*$", re.I | re.M
)
_COMMENT = re.compile(r"^[ \t]*<!--[^\n]{0,200}-->[ \t]*\n?", re.MULTILINE)
_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?|[-*_=]{3,}")


def extract(data: bytes) -> Extract:
    """Return the text of a plain-text file in any Vietnamese encoding; form feeds part its pages."""
    return _extract(encodings.decode(data))


def extract_markdown(data: bytes) -> Extract:
    """Return the text of a Markdown file: heading marks and table rules gone, everything else as it stands."""
    lines = [_markdown_line(line) for line in rows_together(normalise(encodings.decode(data)).split("\n"))]
    return _extract("\n".join(line for line in lines if line is not None))


def _extract(text: str) -> Extract:
    text = _COMMENT.sub("", _PAGE_BREAK.sub("\f", plain_text(text)))  # a table may run over a page's end
    raw = [rows_together(normalise(page).split("\n")) for page in text.split("\f")]
    dropped = layout.furniture(raw) if len(raw) > 1 else [set()]
    pages = [[line for at, line in enumerate(page) if at not in dropped[number]] for number, page in enumerate(raw)]
    edges = tuple(raw[number][at] for number, rows in enumerate(dropped) for at in sorted(rows))
    lines = layout.drop_loose_numbers([line for page in pages for line in [*page, ""]])
    lines = [*chain.from_iterable(map(_parted, lines[:_HEAD])), *lines[_HEAD:]]
    body = layout.unwrap(_one_column(lines))
    return Extract(body, tuple(PageText("\n".join(page)) for page in raw), edges)


def _parted(line: str) -> list[str]:
    """Return the lines that a dateline, a title and who decides were before a page ran them together."""
    whole = _RUN_TOGETHER.match(line)
    if whole is None or not is_kind_line(whole["kind"]) or not is_upper(whole["subject"]):
        return [line]
    decides = _DECIDES.match(whole["subject"])
    told = [decides["subject"], decides["who"]] if decides else [whole["subject"]]
    return [whole["place"], "", whole["kind"], "", *told]


def _one_column(lines: list[str]) -> list[str]:
    """Put columns typed side by side with spaces one after the other: the letterhead, recipients and signature."""
    kind_at = next((at for at, line in enumerate(lines[:_HEAD]) if is_kind_line(line.strip())), 0)
    ends = [at for at, line in enumerate(lines) if _RECIPIENTS.match(fold(line))]
    tail = ends[-1] if ends else len(lines)
    return [*_by_columns(lines[:kind_at]), *lines[kind_at:tail], *_by_columns(lines[tail:])]


def _by_columns(lines: list[str]) -> list[str]:
    lines = [_BLANK.sub(_closed, line) for line in lines]
    if not any(_WIDE_GAP.search(line.strip()) for line in lines):
        return lines
    words = [
        Word(match.start(), 2.0 * at, match.end(), 2.0 * at + 2, match.group())
        for at, line in enumerate(lines)
        for match in re.finditer(r"\S+", line.expandtabs())
    ]
    out: list[str] = []
    for block in arrange(rows_of(words)):
        if isinstance(block, Side):
            out += [*(word.text for word in block.left), "", *(word.text for word in block.right), ""]
        elif isinstance(block, Flow):
            out += [word.text for word in block.lines]
        else:
            out += map(join_cells, block.rows)
    return out


def _closed(blank: re.Match[str]) -> str:
    return " ".join(blank.group().split()) + " "


def _markdown_line(line: str) -> str | None:
    heading = _HEADING.fullmatch(line.strip())
    if heading:
        return heading[1]
    if _RULE.fullmatch(line.strip()):
        return None if "|" in line else ""
    if line.strip().startswith("|") and line.strip().endswith("|"):
        return join_cells([cell.replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1])])
    return line
