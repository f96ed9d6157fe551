"""What a plan asks units to do, task by task, criterion by criterion: the prompts of a form about it.

Pure: an analysed Document in, tasks in its own words out. Knows nothing of workbooks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.forms.task_tables import table_tasks
from knowledge.document import FRAME_SECTIONS, Document, Section, SectionKind
from knowledge.text import collapse, fold

# Headings under which tasks and criteria stand, and those beside them that hold none.
_TASKS = re.compile(r"\b(?:nhiem vu|noi dung|giai phap|cong viec)\b")
_CRITERIA = re.compile(r"\b(?:tieu chi|chi tieu)\b")
_OTHER = re.compile(
    r"(?:muc dich|yeu cau|muc tieu|doi tuong|pham vi|nguyen tac|thoi gian|thoi han|dia diem|hinh thuc|tieu chuan|"
    r"kinh phi|quy khen|che do|to chuc|trach nhiem|hieu luc|dieu khoan|thanh phan|co cau|can cu|quan diem)"
)
# Running text tells of such a thing where it names it first, "Đối tượng: …"; "Tổ chức tốt …" is a task.
_OTHER_TOLD = re.compile(r"(?:muc dich|doi tuong|pham vi|thoi gian|thoi han|hinh thuc|tieu chuan|kinh phi)[^:]{0,40}:")
_DIVISIONS = frozenset((SectionKind.PART, SectionKind.CHAPTER, SectionKind.DIVISION, SectionKind.APPENDIX))
_RUNNING = frozenset((SectionKind.BULLET, SectionKind.PARAGRAPH, SectionKind.TABLE))
_NO_ITEMS = FRAME_SECTIONS | _RUNNING
_LABEL = re.compile(r"^[\s*_]*(?:(?:điều|mục|phần|chương)\s+)?(?:[\dIVXLC]+(?:\.\d+)*|[a-zđ])[\s*_]*[.):]+\s*", re.I)
_BULLET = re.compile(r"^\s*[-–+•*]\s+")
_FOLLOWED = re.compile(r"(?:sau(?: day)?|bao gom|gom|cu the)(?: la)?\s*:\s*$")
_MOST = 80  # tasks of one form: nobody finishes more in a conversation


@dataclass(frozen=True, slots=True)
class Task:
    """One thing a unit reports on."""

    text: str  # in the plan's words, without label and markup, on one line
    place: str  # as people cite it: "II.3"
    group: str = ""  # heading of the section it stands in, with its number
    heading: str = ""  # its own heading, where it has one


def find_tasks(document: Document) -> tuple[Task, ...]:
    """Return the tasks and criteria of a plan in its order; () where it numbers nothing that could be one."""
    found = [task for root in _roots(document) for task in _under(document, root, _is_criteria(root.heading))]
    if not found:
        found = list(_anything_numbered(document))
    unique: dict[str, Task] = {}
    for task in found:
        if re.search(r"\w{2}", task.text):
            unique.setdefault(f"{task.place} {fold(task.text)}", task)
    return tuple(unique.values())[:_MOST]


def _roots(document: Document, parent: int | None = None) -> Iterator[Section]:
    """Yield the outermost sections whose heading announces tasks or criteria."""
    for section in document.sections:
        if section.parent != parent or section.kind in _NO_ITEMS:
            continue
        if _announces(section.heading):
            yield section
        elif not _OTHER.match(fold(section.heading)):
            yield from _roots(document, section.index)


def _announces(heading: str) -> bool:
    folded = fold(heading)
    return bool(_TASKS.search(folded) or _CRITERIA.search(folded))


def _is_criteria(heading: str) -> bool:
    folded = fold(heading)
    return bool(_CRITERIA.search(folded)) and not _TASKS.search(folded)


def _under(document: Document, section: Section, criteria: bool) -> Iterator[Task]:
    """Yield the tasks that the items of `section` are: its tables, else its items, else its paragraphs."""
    group = _group(section)
    inner = [child for child in document.children(section.index) if child.kind not in FRAME_SECTIONS]
    tables = [child for child in inner if child.kind is SectionKind.TABLE]
    items = [child for child in inner if child.kind not in _RUNNING]
    items = items or [child for child in inner if child.kind is SectionKind.BULLET]
    for table in tables:
        for text in table_tasks(document.text[table.start : table.end]):
            yield Task(text, section.cite, group)
    for item in items:
        yield from _item(document, item, group, criteria)
    if not tables and not items:
        for child in inner:
            yield Task(_text(document, child), section.cite, group)


def _item(document: Document, item: Section, group: str, criteria: bool) -> Iterator[Task]:
    """Yield one item as a task, or the tasks it only announces."""
    own = _text(document, item)
    if _is_other(item.heading, own):
        return
    children = document.children(item.index)
    only_heading = bool(item.heading) and len(own) <= len(item.heading) + 2
    announces = _announces(item.heading) or _FOLLOWED.search(fold(own)) or fold(item.heading).startswith("doi voi")
    if children and (announces or item.kind in _DIVISIONS or (criteria and only_heading)):
        inner = _under(document, item, criteria or _is_criteria(item.heading))
        yield from (replace(task, group=group or task.group) for task in inner)
        return
    whole = document.subtree(item.index)
    if only_heading and whole.end > item.end:
        heading = collapse(item.heading)
        yield Task(f"{heading}: {_plain(document.text[item.end : whole.end])}", item.cite, group, heading)
    else:
        yield Task(_plain(document.text[whole.start : whole.end]), item.cite, group)


def _is_other(heading: str, own: str) -> bool:
    """Tell whether an item beside tasks is none itself: whom it concerns, how long, what is awarded."""
    if heading:
        return bool(_OTHER.match(fold(heading))) and not _announces(heading)
    return bool(_OTHER_TOLD.match(fold(own)))


def _anything_numbered(document: Document) -> Iterator[Task]:
    """Yield the numbered items of a text without such headings: a directive's duties by addressee."""
    for section in document.sections:
        if section.parent is not None or section.kind in _NO_ITEMS or _OTHER.match(fold(section.heading)):
            continue
        inner = [child for child in document.children(section.index) if child.kind not in _NO_ITEMS]
        if section.heading and inner:
            for child in inner:
                yield from _item(document, child, _group(section), criteria=False)
        else:
            yield from _item(document, section, "", criteria=False)


def _group(section: Section) -> str:
    label = f"{section.label}. " if section.label and not section.label[0].islower() else ""
    return collapse(f"{label}{section.heading}") if section.heading else section.cite


def _text(document: Document, section: Section) -> str:
    """Return a section's own words on one line, without its label."""
    return _plain(document.text[section.start : section.end])


def _plain(text: str) -> str:
    text = re.sub(r"\*{1,3}|(?<!\w)_|_(?!\w)", "", text).removeprefix("\n")
    lines = [_BULLET.sub("", line).strip() for line in text.splitlines() if line.strip()]
    joined = ""
    for line in lines:
        joined += f" {line}" if not joined or joined[-1] in ".,;:" else f"; {line}"
    return collapse(_LABEL.sub("", joined.strip(), count=1)).removesuffix("./.").rstrip(" ,;.")
