"""From a text to its sections: frame, tree and paths put together.

`parse_sections` is the door; its result partitions the text and is in reading order (see knowledge.document).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.document import Section, SectionKind
from knowledge.frame import Frame, find_frame
from knowledge.lines import Line, split_lines
from knowledge.marks import is_attached_mark, title_kind
from knowledge.numbering import Label, Level, is_unnumbered, read_labels
from knowledge.paths import Paths, Place
from knowledge.placement import Node
from knowledge.text import fold
from knowledge.tree import Tree

_LONGEST_HEADING = 220
_RUNNING_END = re.compile(r"[.;,]$")
_LEADS_IN = re.compile(r"(?:sau|sau đây|gồm|như|là|sau đây|dưới đây)\s*:$", re.IGNORECASE)
_MOTTO = re.compile(r"cong hoa xa hoi|doc lap\W+tu do|dang cong san viet nam")
# How far below the title of an attached document "(Ban hành kèm theo …)" stands at most.
_MARK_LINES = 10


@dataclass(slots=True)
class _Piece:
    """A stretch of consecutive lines on its way to becoming a section."""

    kind: SectionKind
    start: int
    node: Node | None


def parse_sections(text: str) -> tuple[Section, ...]:
    """Return the sections of a document, in reading order, partitioning `text`.

    An empty text has none; any other text has at least one.
    """
    if not text:
        return ()
    lines = split_lines(text)
    if not lines:
        return (Section(0, None, SectionKind.NOISE, "", "noise", "noise", "", 0, len(text)),)
    frame = find_frame(lines)
    pieces = list(_pieces(lines, frame))
    return tuple(_sections(pieces, len(text)))


def _pieces(lines: Sequence[Line], frame: Frame) -> Iterator[_Piece]:
    """Yield frame sections and body nodes in reading order."""
    tree = Tree()
    attachments = _attachments(lines, frame)
    index = 0
    while index < len(lines):
        role, begin = frame.roles[index], index
        if index == frame.foot:
            tree.restart()
        while index < len(lines) and frame.roles[index] is role and (index == begin or index != frame.foot):
            index += 1
        if role is not None:
            # Noise amid a section is under nothing, so that no stretch of text under a section shows it.
            yield _Piece(role, lines[begin].start, None)
            tree.interrupt()
            continue
        known = len(tree.nodes)
        tree.feed(lines[begin:index], {at - begin: label for at, label in attachments.items() if begin <= at < index})
        for node in tree.nodes[known:]:
            yield _Piece(node.kind, node.lines[0].start, node)


def _attachments(lines: Sequence[Line], frame: Frame) -> dict[int, Label]:
    """Return the titles of documents carried behind the foot, or marked as attached: "QUY CHẾ"."""
    found: dict[int, Label] = {}
    for index, line in enumerate(lines):
        kind = title_kind(line) if frame.roles[index] is None and line.upper and not line.row else None
        if kind is None or index - 1 in found or _names_appendix(lines, index):
            continue
        if kind[1] and _goes_on_with_title(lines, index, frame):
            continue
        first = index >= frame.foot and all(role is not None for role in frame.roles[frame.foot : index])
        marked = any(is_attached_mark(below.text) for below in lines[index + 1 : index + 1 + _MARK_LINES])
        if first or marked:
            name = kind[0].capitalize()
            found[index] = Label(Level.APPENDIX, "", (), name, kind[1])
    return found


def _goes_on_with_title(lines: Sequence[Line], index: int, frame: Frame) -> bool:
    """Tell whether the line is the second of a title: "… CHỮ KÝ SỐ, CHỨNG⏎THƯ CHỮ KÝ SỐ …"."""
    if not index or lines[index].blanks or frame.roles[index - 1] is not None:
        return False
    above = lines[index - 1]
    return above.upper and not above.closed and not above.row


def _names_appendix(lines: Sequence[Line], index: int) -> bool:
    """Tell whether the line is the title of an appendix announced above it: "Phụ lục I⏎DANH MỤC …"."""
    return any(
        label.level is Level.APPENDIX for above in lines[max(0, index - 2) : index] for label in read_labels(above.text)
    )


def _sections(pieces: Sequence[_Piece], length: int) -> Iterator[Section]:
    paths = Paths()
    places: dict[Node, tuple[int, Place]] = {}
    for index, piece in enumerate(pieces):
        start = piece.start if index else 0
        end = pieces[index + 1].start if index + 1 < len(pieces) else length
        node = piece.node
        if node is None:
            place = paths.frame(piece.kind)
            yield Section(index, None, piece.kind, "", place.path, place.cite, "", start, end)
            continue
        place = _place(node, paths, places)
        places[node] = (index, place)
        parent = places[node.parent][0] if node.parent is not None else None
        label = _written(node)
        yield Section(index, parent, node.kind, label, place.path, place.cite, heading(node), start, end)


def _place(node: Node, paths: Paths, places: dict[Node, tuple[int, Place]]) -> Place:
    """Return where a node stands, as people cite it."""
    chain: list[Node] = []
    above = node.parent
    while above is not None:
        chain.insert(0, above)
        above = above.parent
    labelled = [item for item in chain if item.label is not None and item.level is not Level.BULLET]
    holder = places[labelled[-1]][1] if labelled else None
    if node.label is not None and node.level is not Level.BULLET:
        return paths.item(node.label, [(item.label, places[item][1]) for item in labelled if item.label is not None])
    if node.kind is SectionKind.BULLET:
        inside = places[chain[-1]][1] if chain and chain[-1].level is Level.BULLET else None
        return paths.counted("gạch đầu dòng", holder, inside=inside)
    if node.kind is SectionKind.TABLE:
        return paths.counted("bảng", holder)
    own = 1 if labelled and not heading(labelled[-1]) else 0
    return paths.counted("đoạn", holder, skip=own)


def _written(node: Node) -> str:
    """Return the label as written, "" for unnumbered text."""
    return node.label.written if node.label is not None and not is_unnumbered(node.label) else ""


def heading(node: Node) -> str:
    """Return the heading words of a node, "" where it is running text."""
    label = node.label
    if label is None:
        return ""
    rest = " ".join([label.rest, *(line.text for line in node.lines[1:])]).strip(" *_")
    if label.level is Level.APPENDIX:
        return _appendix_heading(node)
    if not rest or len(rest) > _LONGEST_HEADING or label.level is Level.BULLET:
        return ""
    if is_unnumbered(label):
        return label.rest
    if label.level in {Level.PART, Level.CHAPTER, Level.DIVISION, Level.SUBDIVISION}:
        return rest.rstrip(" :.")
    if _RUNNING_END.search(rest) or _LEADS_IN.search(rest) or ". " in rest.rstrip(". "):
        return ""
    return rest.rstrip(" :")


def _appendix_heading(node: Node) -> str:
    words = [node.label.rest if node.label else "", *(line.text for line in node.lines[1:])]
    kept = [
        word.strip(" *_")
        for word in words
        if any(char.isalnum() for char in word) and not is_attached_mark(word) and not _MOTTO.search(fold(word))
    ]
    joined = " ".join(word for word in kept if word)
    return joined if len(joined) <= _LONGEST_HEADING or not kept else kept[0]
