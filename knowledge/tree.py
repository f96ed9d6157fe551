"""The body's tree: which line is a heading, an item, a paragraph, and what it belongs to.

A label counts only where a heading can stand: its number goes on with an open list, or opens one, and the line before
is finished. "theo quy định tại khoản 1⏎Điều 8 …" is running text. Knows nothing of paths or of the frame.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.document import SectionKind
from knowledge.lines import Line
from knowledge.marks import is_contents
from knowledge.numbering import UNNUMBERED, Label, Level, follows, is_unnumbered, read_labels
from knowledge.placement import Chain, Node

# No heading ends so: what follows is a citation's number, an amount, the rest of the sentence.
_UNFINISHED = re.compile(
    r"(?<!\w)(?:khoản|(?<!số )điều|tại|và|theo|của|hoặc|các|từ|đến|với|cho|gồm|khoảng|phụ lục|mẫu số|"
    r"(?:tại|các|và|theo|hoặc|của) (?:điểm|mục|tiết|chương|phần|số)|khoản \d+|điểm [a-zđ]|điều \d+|chương [ivx]+)$",
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
    r"\b(?:đề nghị|yêu cầu|trân trọng|thông báo|báo cáo|kính (?:đề nghị|trình))\b)",
    re.IGNORECASE,
)
_PASSED = re.compile(r"^(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh) này (?:đã )?(?:được|đã).{4,160}thông qua", re.DOTALL)
_QUOTE_OPENS = re.compile(
    r"^[“\"]\s*(?:[*_]*)(?:Điều|Chương|Mục|Phụ lục|Mẫu|Khoản|\d{1,3}[a-zđ]?[.)]|[a-zđ]\d?[.)]|[IVX]+\.)"
)
_QUOTE_CLOSES = re.compile(r"[”\"]\s*[.;,:]?\s*(?:\./\.)?$")
_QUOTE_LINES = 400
_MOTTO = re.compile(r"cong hoa xa hoi|doc lap\W+tu do")
_PARENTHESIS = re.compile(r"^\(.*\)\W*$|^\W*(?:ban hành )?kèm theo", re.IGNORECASE | re.DOTALL)
_TITLED = {Level.APPENDIX, Level.PART, Level.CHAPTER, Level.DIVISION, Level.SUBDIVISION, Level.ARTICLE}
_PLACE = re.compile(r"(?:Điều|[Kk]hoản|[Đđ]iểm|Mục|Chương|Phần|\d)\s?")
_SPAN_OF_YEARS = re.compile(r"(?:19|20)\d\d\W*$")
# A line shorter than this was not cut by the margin.
_SHORTEST_CUT = 45


class Tree:
    """Grows the tree line by line; `nodes` holds it in reading order."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._chain = Chain()
        self._last: Line | None = None
        self._following: list[Label | None] = []  # the next label, bullets aside, below every line fed

    def feed(self, lines: Sequence[Line], attachments: dict[int, Label]) -> None:
        """Add consecutive lines; `attachments` are titles of attached documents, by index into `lines`."""
        quoted_until = -1
        self._following = _following_labels(lines, attachments)
        for index, line in enumerate(lines):
            if index > quoted_until and _QUOTE_OPENS.match(line.text):
                quoted_until = _end_of_quote(lines, index)
            if index in attachments:
                self._push(Node(None, SectionKind.APPENDIX, attachments[index]), line, [])
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
        self._last = None
        self._chain.clear()

    # --- labels -------------------------------------------------------------------------------------------------

    def _label(self, line: Line, lines: Sequence[Line], index: int) -> bool:
        """Take the line as an item where one of its readings fits; tell whether it did."""
        for label in () if is_contents(line) else read_labels(line.text):
            if not self._plausible(line, label):
                continue
            if label.level is Level.APPENDIX and self._articles_go_on(lines, index):
                continue
            finished = self._last is None or self._last.closed or self._heading_above()
            above = self._chain.place(line, label, finished=finished)
            if above is not None:
                self._push(Node(above[-1] if above else None, _kind(label, above), label), line, above)
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
            next_article = label.level <= Level.ARTICLE and self._chain.expects(label) and not label.rest[:1].islower()
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
        own = next((node.label for node in reversed(self._chain.open) if node.level is Level.ARTICLE), None)
        if own is None:
            return False
        for line in lines[index + 1 :]:
            for label in read_labels(line.text):
                if label.level is Level.ARTICLE:
                    return follows(own, label)
        return False

    def _heading_above(self) -> bool:
        """Tell whether the line above is a heading or a short item, which need no full stop."""
        node = self.nodes[-1] if self.nodes else None
        if node is None or self._last is None:
            return True
        words = len(node.text.split())
        if node.label is None:
            return words < 12
        return node.level in _TITLED or self._last.upper or words < (25 if len(node.lines) == 1 else 16)

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
        heading = None if quoted else self._unnumbered_heading(line, index)
        if heading is not None:
            above = [node for node in self._chain.items() if node.level is Level.APPENDIX]
            self._push(Node(above[-1] if above else None, SectionKind.HEADING, heading), line, above)
            return
        above = self._owner(line, index)
        self._push(Node(above[-1] if above else None, SectionKind.PARAGRAPH, None), line, above)

    def _unnumbered_heading(self, line: Line, index: int) -> Label | None:
        """Return a label for a heading in bold or capitals where the text numbers none: cited by its words."""
        words = line.text.strip(" :*_")
        if not (line.bold or line.upper) or line.text.endswith((".", ";", ",")) or not 1 < len(words.split()) <= 15:
            return None
        items = [node for node in self._chain.items() if node.level is not Level.APPENDIX]
        numbered = not all(is_unnumbered(node.label) for node in items)
        following = self._following[index]
        if numbered or (following is not None and following.level <= Level.ROMAN):
            return None
        return Label(Level.ROMAN, UNNUMBERED, (), f"mục “{words}”", words)

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
        if _PARENTHESIS.match(line.text) or _MOTTO.search(line.folded) or not any(char.isalnum() for char in line.text):
            return True
        if any(_PARENTHESIS.match(before.text) and before.text.rstrip().endswith(")") for before in node.lines[1:]):
            return False
        if line.upper and len(node.lines) < 8 and len(line.text) < 200:
            return True
        named = len(node.lines) > 1 or bool(node.label and node.label.rest)
        short = len(line.text) < 200 and not line.text.endswith((".", ";", ":"))
        return short and (not named or line.blanks == 0) and len(node.lines) < 5

    def _owner(self, line: Line, index: int) -> list[Node]:
        """Return the open nodes that an unnumbered paragraph belongs to."""
        above = self._chain.items()
        if not above:
            return above
        following = self._following[index]
        if _PASSED.match(line.text):
            return [node for node in above if node.level is Level.APPENDIX]
        waiting = self.nodes[-1] is above[-1] and not above[-1].lines[-1].closed
        last = following is None or following.level is Level.APPENDIX
        if _CLOSING.match(line.text) and last and not waiting:
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
        above = self._chain.items()
        self._push(Node(above[-1] if above else None, SectionKind.TABLE, None), line, above)

    def _push(self, node: Node, line: Line, above: Sequence[Node]) -> None:
        node.lines.append(line)
        self.nodes.append(node)
        self._chain.push(node, above)


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


def _following_labels(lines: Sequence[Line], attachments: dict[int, Label]) -> list[Label | None]:
    """Return for every line the first label below it that is not a bullet."""
    following: list[Label | None] = []
    below: Label | None = None
    for index in range(len(lines) - 1, -1, -1):
        following.append(below)
        labels = [label for label in read_labels(lines[index].text) if label.level is not Level.BULLET]
        below = attachments.get(index) or (labels[0] if labels else below)
    return following[::-1]


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
