"""The body's tree: which line is a heading, an item, a paragraph, and what it belongs to.

A label counts only where a heading can stand: its number goes on with an open list, or opens one, and the line before
is finished. "theo quy định tại khoản 1⏎Điều 8 …" is running text. Knows nothing of paths or of the frame.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.document import SectionKind
from knowledge.lines import Line, is_upper
from knowledge.numbering import Label, Level, follows, read_labels

# No heading ends so: what follows is a citation's number, an amount, the rest of the sentence.
_UNFINISHED = re.compile(
    r"(?<!\w)(?:khoản|điều|tại|và|theo|của|hoặc|các|từ|đến|với|cho|gồm|khoảng|phụ lục|mẫu số|khoản \d+|điểm [a-zđ]|"
    r"điều \d+|chương [ivx]+)$",
    re.IGNORECASE,
)
# A heading may end so, running text too: "chuyển đổi số", "pháp luật".
_CITING = re.compile(
    r"(?<!\w)(?:số|điểm|mục|tiết|chương|ngày|tháng|năm|quy định|mẫu|luật|nghị định|thông tư|dưới|trên|hơn)$",
    re.IGNORECASE,
)
# How the last paragraphs of a text begin; they belong to no item of the list before them.
_CLOSING = re.compile(
    r"^(?:trên đây là|đề nghị|yêu cầu|trong quá trình|quá trình (?:tổ chức |triển khai )?thực hiện|nhận được|"
    r"căn cứ .{0,60}nội dung|trân trọng|rất mong|kính đề nghị|kính trình|nếu có (?:khó khăn|vướng mắc|vấn đề)|"
    r"mọi (?:vướng mắc|chi tiết|thông tin)|giao .{4,60}(?:theo dõi|đôn đốc|kiểm tra)|"
    r"(?:kế hoạch|chỉ thị|nghị quyết|thông báo|hướng dẫn|quy chế|quyết định|công văn|văn bản|chương trình|đề án|luật|"
    r"bộ luật|pháp lệnh|nghị định|thông tư|quy định) này\b.{0,160}(?:hiệu lực|thay thế|phổ biến|thông qua|áp dụng)|"
    r"(?:sở|ủy ban|uỷ ban|ubnd|ban|văn phòng|phòng|đảng ủy|bộ|cục|chi cục|trường|trung tâm)\b.{2,80}"
    r"\b(?:đề nghị|yêu cầu|trân trọng|kính (?:đề nghị|báo cáo|trình))\b)",
    re.IGNORECASE,
)
_PASSED = re.compile(r"^(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh) này (?:đã )?(?:được|đã).{4,160}thông qua", re.DOTALL)
_QUOTE_OPENS = re.compile(
    r"^[“\"]\s*(?:[*_]*)(?:Điều|Chương|Mục|Phụ lục|Mẫu|Khoản|\d{1,3}[a-zđ]?[.)]|[a-zđ]\d?[.)]|[IVX]+\.)"
)
_QUOTE_CLOSES = re.compile(r"[”\"]\s*[.;,:]?\s*(?:\./\.)?$")
_QUOTE_LINES = 400
_SIGNS = "*-+"  # a star is greater than a dash, a dash than a plus
_PARENTHESIS = re.compile(r"^\(.*\)\W*$|^\W*(?:ban hành )?kèm theo", re.IGNORECASE | re.DOTALL)
_TITLED = {Level.APPENDIX, Level.PART, Level.CHAPTER, Level.DIVISION, Level.SUBDIVISION, Level.ARTICLE}
# "I.2" stands in I, "A.2" in A, "1.2" in 1.
_HOLDERS = {"I": {Level.ROMAN}, "A": {Level.LETTER}}
_PLACE = re.compile(r"(?:Điều|[Kk]hoản|[Đđ]iểm|Mục|Chương|Phần|\d)\s?")
_SPAN_OF_YEARS = re.compile(r"(?:19|20)\d\d\W*$")
# A line shorter than this was not cut by the margin.
_SHORTEST_CUT = 45
# How many numbers a list may skip where recognition lost some.
_GAP = 3


@dataclass(slots=True, eq=False)
class Node:
    """A stretch of the body: an item with its label, a paragraph, a table."""

    parent: Node | None
    kind: SectionKind
    label: Label | None
    lines: list[Line] = field(default_factory=list)
    titled: bool = False  # lines after the first are its heading

    @property
    def level(self) -> Level:
        """Its label's level; a paragraph holds nothing, as a bullet of the lowest rank."""
        return self.label.level if self.label else Level.BULLET

    @property
    def text(self) -> str:
        """Its words on one line, label included."""
        return " ".join(line.text for line in self.lines)


class Tree:
    """Grows the tree line by line; `nodes` holds it in reading order."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._open: list[Node] = []
        self._closed: dict[tuple[Level, str], Label] = {}  # the last label of every list left behind
        self._last: Line | None = None

    def feed(self, lines: Sequence[Line], attachments: dict[int, Label]) -> None:
        """Add consecutive lines; `attachments` are titles of attached documents, by index into `lines`."""
        quoted_until = -1
        for index, line in enumerate(lines):
            if index > quoted_until and _QUOTE_OPENS.match(line.text):
                quoted_until = _end_of_quote(lines, index)
            if index in attachments:
                self._push(Node(None, SectionKind.APPENDIX, attachments[index]), line)
            elif line.row:
                self._row(line)
            elif index <= quoted_until or not self._label(line, lines, index):
                self._text(line, lines, index, quoted=index <= quoted_until)
            self._last = line

    def interrupt(self) -> None:
        """The frame steps in: what follows starts anew and continues no paragraph."""
        self._last = None

    def restart(self) -> None:
        """The document's foot is over: what follows belongs to none of its sections."""
        self._last, self._open, self._closed = None, [], {}

    # --- labels -------------------------------------------------------------------------------------------------

    def _label(self, line: Line, lines: Sequence[Line], index: int) -> bool:
        """Take the line as an item where one of its readings fits; tell whether it did."""
        for label in read_labels(line.text):
            if not self._plausible(line, label):
                continue
            if label.level is Level.APPENDIX and self._articles_go_on(lines, index):
                continue
            place = self._place(line, label)
            if place is not None:
                parent = place or None
                self._push(Node(parent[-1] if parent else None, _kind(label, place), label), line)
                return True
        return False

    def _plausible(self, line: Line, label: Label) -> bool:
        """Tell whether a heading or an item can stand on this line at all."""
        before = self._last
        if before is None or before.row:
            return True
        running = not before.closed and not self._heading_above()
        if not before.upper and _UNFINISHED.search(before.text):
            return False
        if running and _CITING.search(before.text) and not before.upper:
            next_article = label.level <= Level.ARTICLE and self._expected(label) and not label.rest[:1].islower()
            if not next_article:
                return False
        if label.level is Level.APPENDIX and running and not (line.upper or line.blanks):
            return False
        if running and not line.blanks and not line.paragraph and label.rest[:1].islower():
            return False
        if label.level is not Level.BULLET or line.blanks:
            return True
        if _SPAN_OF_YEARS.search(before.text) and label.rest[:4].isdigit():
            return False  # "giai đoạn 2021⏎- 2025"
        return before.closed or not label.rest[:1].islower() or len(before.text) < _SHORTEST_CUT

    def _articles_go_on(self, lines: Sequence[Line], index: int) -> bool:
        """Tell whether the articles above go on below: an appendix named between them is a mention."""
        own = next((node.label for node in reversed(self._open) if node.level is Level.ARTICLE), None)
        if own is None:
            return False
        for line in lines[index + 1 :]:
            for label in read_labels(line.text):
                if label.level is Level.ARTICLE:
                    return follows(own, label)
        return False

    def _expected(self, label: Label) -> bool:
        """Tell whether the label goes on with an open list."""
        return any(node.label and _same_list(node.label, label) and follows(node.label, label) for node in self._open)

    def _heading_above(self) -> bool:
        """Tell whether the line above is a heading or a short item, which need no full stop."""
        node = self.nodes[-1] if self.nodes else None
        if node is None or self._last is None:
            return True
        words = len(node.text.split())
        if node.label is None:
            return words < 12
        return node.level in _TITLED or self._last.upper or words < (25 if len(node.lines) == 1 else 16)

    def _place(self, line: Line, label: Label) -> list[Node] | None:
        """Return the open nodes above the label, outermost first; None where it fits nowhere."""
        if label.level is Level.BULLET:
            return self._place_bullet(label)
        if label.level is Level.APPENDIX:
            return []
        for depth in range(len(self._open) - 1, -1, -1):
            sibling = self._open[depth].label
            if sibling is not None and _same_list(sibling, label) and follows(sibling, label):
                return self._open[:depth]
        for depth in range(len(self._open) - 1, -1, -1):
            sibling = self._open[depth].label
            if sibling and sibling.level is label.level and len(label.values) == 1 and follows(sibling, label):
                return self._open[:depth]  # "1." then "2)": one list, typed carelessly
        above = self._above(label)
        if label.first and self._can_restart(line, label):
            return above
        return above if self._tolerated(line, label, above) else None

    def _can_restart(self, line: Line, label: Label) -> bool:
        """Tell whether a label that opens a list can do so here: no second "Điều 1" or "Chương I" in one document."""
        if label.level in {Level.ARTICLE, Level.CHAPTER, Level.PART, Level.ROMAN}:
            repeated = any(
                node.label and node.level is label.level and node.label.values == label.values for node in self._open
            )
            return not repeated or (bool(line.blanks) and line.upper)
        return label.level is not Level.LETTER or is_upper(label.rest) or len(label.rest) < 100

    def _tolerated(self, line: Line, label: Label, above: list[Node]) -> bool:
        """Tell whether a number that neither goes on nor begins anew is still a label."""
        if label.level is Level.MINOR and len(label.values) > 1:
            return bool(above) and above[-1].level is Level.ALPHA
        # "Điều 14. Hồ sơ …": a number, a stop and a capital are a heading even after a line without its full stop.
        finished = self._last is None or self._last.closed or self._heading_above() or label.level is Level.ARTICLE
        strong = finished and (not label.rest[:1].islower() or label.level is Level.ALPHA)
        if not strong or not label.values:
            return False
        left = self._closed.get((label.level, label.style))
        if left is not None and follows(left, label):
            return True
        siblings = [node.label for node in self._open if node.label and _same_list(node.label, label)]
        if siblings:
            step = label.values[-1] - siblings[-1].values[-1]
            wide = label.level in {Level.ARTICLE, Level.CHAPTER}
            return label.values[:-1] == siblings[-1].values[:-1] and 1 <= step <= (400 if wide else _GAP)
        if label.level in {Level.ARTICLE, Level.CHAPTER, Level.DIVISION, Level.PART}:
            return True
        return bool(line.paragraph or line.blanks) and label.values[-1] <= _GAP + 1 and label.level is not Level.LETTER

    def _above(self, label: Label) -> list[Node]:
        """Return the open nodes that can hold a new list of this label."""
        if label.level is Level.NUMBER and len(label.values) > 1:
            prefix = label.values[:-1]
            for depth in range(len(self._open) - 1, -1, -1):
                held = self._open[depth].label
                if held and held.values == prefix and held.level in _HOLDERS.get(label.style[0], {Level.NUMBER}):
                    return self._open[: depth + 1]
        for depth in range(len(self._open) - 1, -1, -1):
            node = self._open[depth]
            if self._holds(node, label, innermost=depth == len(self._open) - 1):
                return self._open[: depth + 1]
        return []

    def _holds(self, node: Node, label: Label, *, innermost: bool) -> bool:
        """Tell whether `node` can hold a list that opens with `label`."""
        own = node.label
        if own is None or node.level is Level.BULLET:
            return False
        if {own.level, label.level} == {Level.LETTER, Level.ROMAN}:
            return True  # "A." over "I." or "I." over "A.": whichever came first
        if own.level < label.level:
            return True
        if own.level is label.level and not _same_list(own, label):
            return len(own.values) <= len(label.values)
        # "3. Hồ sơ gồm:" over its own "1. … 2. …", "a) Nội dung:" over "1. … 2. …"
        return innermost and node.text.endswith(":") and own.level >= Level.NUMBER and label.first

    def _place_bullet(self, label: Label) -> list[Node]:
        """A bullet goes beside one with its sign, under one with another; a star holds dashes, a dash pluses."""
        outer = sum(node.level is not Level.BULLET for node in self._open)
        for depth in range(len(self._open) - 1, outer - 1, -1):
            own = self._open[depth].label
            if own is not None and own.style == label.style:
                return self._open[:depth]
        for depth in range(outer, len(self._open)):
            own = self._open[depth].label
            if own is not None and label.style in _SIGNS and own.style in _SIGNS[_SIGNS.index(label.style) :]:
                return self._open[:depth]
        return list(self._open)

    # --- running text -------------------------------------------------------------------------------------------

    def _text(self, line: Line, lines: Sequence[Line], index: int, *, quoted: bool) -> None:
        node = self.nodes[-1] if self.nodes and self._last is not None else None
        within = not quoted and any(not self._plausible(line, label) for label in read_labels(line.text))
        if node is not None and (
            (within and node.kind is not SectionKind.TABLE)
            or self._continues(node, line)
            or self._is_title_of(node, line)
        ):
            node.lines.append(line)
            return
        above = self._owner(line, lines, index)
        self._push(Node(above[-1] if above else None, SectionKind.PARAGRAPH, None), line, keep=above)

    def _continues(self, node: Node, line: Line) -> bool:
        """Tell whether the line goes on with the node's last paragraph."""
        if node.kind is SectionKind.TABLE:
            return False
        if not line.paragraph:
            return True
        before = node.lines[-1]
        if not before.closed and not before.upper:
            citing = _UNFINISHED.search(before.text) or _CITING.search(before.text)
            if citing and (len(before.text) >= _SHORTEST_CUT or _PLACE.match(line.text)):
                return True  # "… quy định tại khoản 1⏎Điều 8 Luật này"
            if line.text[:1].isdigit() and len(before.text) >= _SHORTEST_CUT:
                return True  # "… không quá⏎12,5 tỷ đồng"
        wrapped = line.blanks == 0 and line.upper and node.lines[-1].upper and node.label is not None
        return wrapped and not node.lines[-1].closed

    def _is_title_of(self, node: Node, line: Line) -> bool:
        """Tell whether the line is the title that "Chương II", "Phụ lục I" or "I." wait for on the next line."""
        label = node.label
        if label is None or label.level in {Level.BULLET, Level.ALPHA, Level.MINOR}:
            return False
        if label.level is Level.APPENDIX:
            return self._is_title_of_appendix(node, line)
        if len(node.lines) > 1 or label.rest:
            return label.level in _TITLED and node.titled and line.upper and node.lines[-1].upper and line.blanks == 0
        node.titled = line.upper or (not line.closed and len(line.text) < 200)
        return node.titled or label.level not in _TITLED

    def _is_title_of_appendix(self, node: Node, line: Line) -> bool:
        """Its name, what it is attached to, rules and places of the form; up to the first thing it says."""
        if _PARENTHESIS.match(line.text) or not any(char.isalnum() for char in line.text):
            return True
        if any(_PARENTHESIS.match(before.text) and before.text.rstrip().endswith(")") for before in node.lines[1:]):
            return False
        if line.upper and len(node.lines) < 8 and len(line.text) < 200:
            return True
        named = len(node.lines) > 1 or bool(node.label and node.label.rest)
        short = len(line.text) < 200 and not line.text.endswith((".", ";", ":"))
        return short and (not named or line.blanks == 0) and len(node.lines) < 5

    def _owner(self, line: Line, lines: Sequence[Line], index: int) -> list[Node]:
        """Return the open nodes that an unnumbered paragraph belongs to."""
        above = [node for node in self._open if node.level is not Level.BULLET]
        if not above:
            return above
        following = _next_label(lines, index + 1)
        if _PASSED.match(line.text):
            return [node for node in above if node.level is Level.APPENDIX]
        waiting = self.nodes[-1] is above[-1] and not above[-1].lines[-1].closed
        if _CLOSING.match(line.text) and not waiting and not _goes_on(above, following):
            return [node for node in above if node.level < Level.NUMBER]
        inner = above[-1]
        if (
            inner.level is Level.ALPHA
            and len(above) > 1
            and above[0].level <= Level.ARTICLE
            and inner.lines[-1].closed
            and not (following and inner.label and follows(inner.label, following))
        ):
            return above[:-1]  # the flush words after the last điểm belong to its khoản
        return above

    def _row(self, line: Line) -> None:
        node = self.nodes[-1] if self.nodes and self._last is not None else None
        if node is not None and node.kind is SectionKind.TABLE and line.blanks < 2:
            node.lines.append(line)
            return
        above = [node for node in self._open if node.level is not Level.BULLET]
        self._push(Node(above[-1] if above else None, SectionKind.TABLE, None), line, keep=above)

    def _push(self, node: Node, line: Line, *, keep: list[Node] | None = None) -> None:
        node.lines.append(line)
        self.nodes.append(node)
        if node.level is Level.APPENDIX and node.label is not None:
            self._open, self._closed = [node], {}
            return
        if keep is None:
            keep = []
            above: Node | None = node.parent
            while above is not None:
                keep.insert(0, above)
                above = above.parent
        for left in self._open[len(keep) :]:
            if left.label is not None:
                self._closed[left.label.level, left.label.style] = left.label
        self._open = [*keep, node] if node.label is not None else list(keep)


def _same_list(one: Label, other: Label) -> bool:
    """Tell whether two labels can be items of one list."""
    return one.level is other.level and one.style == other.style and len(one.values) == len(other.values)


def _kind(label: Label, above: Sequence[Node]) -> SectionKind:
    """Return the kind of section a label makes: "1." is a khoản under a Điều and a heading elsewhere."""
    fixed = {
        Level.APPENDIX: SectionKind.APPENDIX,
        Level.PART: SectionKind.PART,
        Level.CHAPTER: SectionKind.CHAPTER,
        Level.DIVISION: SectionKind.DIVISION,
        Level.SUBDIVISION: SectionKind.DIVISION,
        Level.ARTICLE: SectionKind.ARTICLE,
        Level.BULLET: SectionKind.BULLET,
    }
    if label.level in fixed:
        return fixed[label.level]
    if any(node.level is Level.ARTICLE for node in above):
        if label.level is Level.NUMBER and len(label.values) == 1:
            return SectionKind.CLAUSE
        if label.level in {Level.ALPHA, Level.MINOR}:
            return SectionKind.POINT
    return SectionKind.HEADING


def _next_label(lines: Sequence[Line], begin: int) -> Label | None:
    """Return the first label other than a bullet from line `begin` on."""
    for line in lines[begin:]:
        for label in read_labels(line.text):
            if label.level is not Level.BULLET:
                return label
    return None


def _goes_on(above: Sequence[Node], following: Label | None) -> bool:
    """Tell whether an open list, or the tree above it, goes on after this paragraph."""
    if following is None or following.level is Level.APPENDIX:
        return False
    return following.level < Level.NUMBER or any(
        node.label is not None and node.level is following.level and follows(node.label, following) for node in above
    )


def _end_of_quote(lines: Sequence[Line], begin: int) -> int:
    """Return the index of the line that closes the quotation opened on line `begin`; begin - 1 where none does."""
    if len(re.findall('[“”"]', lines[begin].text)) > 1 and _QUOTE_CLOSES.search(lines[begin].text):
        return begin
    for index in range(begin + 1, min(len(lines), begin + _QUOTE_LINES)):
        if _QUOTE_OPENS.match(lines[index].text):
            return begin
        if _QUOTE_CLOSES.search(lines[index].text) and lines[index].text.count("”") > lines[index].text.count("“"):
            return index
    return begin
