"""Answers and documents as text for a terminal.

Knows nothing of where they come from; `bot.console` knows the terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from bot import wording
from bot.asking import Library
from bot.card import Card, Place
from bot.console import Console, table
from bot.contract import obligations_json
from knowledge.document import Finding
from retrieval.wording import one_line

if TYPE_CHECKING:
    from index.build import BuildReport
    from index.card import DocumentCard

_LONGEST_QUOTE = 160  # characters of a further quotation; the first is given whole
_DECIDED = {"confirmed": "đã xác nhận", "dismissed": "đã bỏ qua"}
_FEW = 20  # documents that `tdkt index` describes one by one; of more it gives a table


def answer_lines(card: Card, console: Console) -> Iterator[str]:
    """Yield the lines of one answer: statement, quotation, its place, further places, notes."""
    if card.statement:
        yield console.fill(console.bold(card.statement) if card.found else card.statement)
    for lead in card.leads:
        yield console.fill(f"“{lead.quote}”", indent="   ", first="  ")
        yield console.fill(console.dim(f"— {where(lead)}"), indent="    ", first="  ")
    for note in card.notes:
        yield console.fill(note, indent="    ", first="  ! ")
    if card.others:
        yield ""
        yield "Xem thêm:" if card.found else "Những đoạn gần nhất (chưa phải câu trả lời):"
        yield from places_lines(card.others, console)
    if card.elsewhere:
        yield ""
        yield "Ở văn bản khác:"
        yield from places_lines(card.elsewhere, console)


def places_lines(places: Sequence[Place], console: Console) -> Iterator[str]:
    """Yield further quotations, one item each."""
    for place in places:
        yield console.fill(f"“{one_line(place.quote, _LONGEST_QUOTE)}”", indent="    ", first="  • ")
        yield console.fill(console.dim(f"— {where(place)}"), indent="      ", first="    ")


def where(place: Place) -> str:
    """Return the place as people cite it: "Mục III.2, Kế hoạch 912/KH-SNNMT, ngày 27/03/2025"."""
    date = f"ngày {place.date}" if place.date[:1].isdigit() else place.date
    return ", ".join(part for part in (place.place, place.name, date) if part)


def document_lines(
    card: DocumentCard, duties: Sequence[dict[str, Any]], console: Console, standing: str = ""
) -> Iterator[str]:
    """Yield one document: its name, what it says of itself, its duties (as JSON), what an admin should know.

    `standing`: what an admin decided on it, in words.
    """
    header = card.header
    yield console.bold(console.fill(f"{wording.name(header)} · {card.file}"))
    issuer = f"{header.issuer} (suy ra từ nội dung)" if header.issuer and header.issuer_inferred else header.issuer
    open_number = f"chưa có (…{header.symbol_draft})" if header.symbol_draft else "không ghi"
    date = header.date.vietnamese() if header.date else "không ghi ngày"
    signer = header.signer
    facts = (
        ("Hiệu lực", standing),
        ("Trích yếu", header.subject),
        ("Số hiệu", header.symbol or open_number),
        ("Ngày", f"{header.place}, {date}" if header.place else date),
        ("Cơ quan", issuer),
        ("Người ký", ", ".join(part for part in (signer.name, signer.title) if part) if signer else None),
        ("Viện dẫn", ", ".join(dict.fromkeys(ref.symbol for ref in card.references if ref.symbol))),
        ("Gồm", f"{wording.count(card.sections, 'mục')}, {wording.count(card.last - card.first, 'đoạn')}"),
    )
    for label, value in facts:
        if value:
            yield console.fill(value, indent=" " * 13, first=f"  {label + ':':<11}")
    for duty in duties:
        text = f"{wording.place(duty['section'])}: {_when(duty)} — {_who_does_what(duty)}"
        yield console.fill(text, indent="    ", first="  • ")
    for finding in card.findings:
        yield console.fill(finding.message, indent="    ", first="  ! ")


def library_lines(library: Library, console: Console, standings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Yield every document, a blank line between two; `standings` are by DocumentCard.key."""
    duties = {file: list(group) for file, group in groupby(obligations_json(library), key=_file)}
    for number, card in enumerate(library.cards):
        if number:
            yield ""
        yield from document_lines(card, duties.get(card.file, ()), console, (standings or {}).get(card.key, ""))


def build_lines(
    report: BuildReport, library: Library | None, console: Console, standings: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Yield what `tdkt index` says: the documents with what to know, the refused with reasons, the totals."""
    if library is not None and len(library.cards) <= _FEW:
        yield from library_lines(library, console, standings)
        yield ""
    elif library is not None:
        yield from _summary(library.cards, console)
        yield ""
    if report.refused:
        yield f"Không nhận {wording.count(len(report.refused), 'tệp')}:"
        for refusal in report.refused:
            yield console.fill(f"{refusal.file}: {refusal.reason}", indent="    ", first="  ✗ ")
        yield ""
    yield console.fill(
        f"{wording.count(report.documents, 'văn bản')}, {wording.count(report.passages, 'đoạn')}: "
        f"thêm {report.added}, thay {report.changed}, bỏ {report.removed}, giữ nguyên {report.unchanged}; "
        f"{_seconds(report.seconds)}."
    )


def _summary(cards: Sequence[DocumentCard], console: Console) -> Iterator[str]:
    rows = [
        (
            card.file,
            wording.name(card.header),
            card.header.date.vietnamese() if card.header.date else "",
            ", ".join(
                dict.fromkeys(wording.FINDINGS[one.kind] for one in card.findings if one.kind in wording.SERIOUS)
            ),
        )
        for card in cards
    ]
    yield from table(("Tệp", "Văn bản", "Ngày", "Lưu ý"), rows, _share(console.width, 22, 20, 12))


def _serious(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.kind in wording.SERIOUS]


def obligation_lines(duties: Sequence[dict[str, Any]], console: Console) -> Iterator[str]:
    """Yield the duties with a time, from their JSON (with their keys, where these are to be seen): a table a document.

    What was decided stands before who does what.
    """
    for number, (file, group) in enumerate(groupby(duties, key=_file)):
        if number:
            yield ""
        yield console.bold(file)
        rows = [
            (
                wording.place(duty["section"]),
                wording.DUTIES[duty["kind"]],
                _when(duty),
                _who_does_what(duty) + _decided(duty),
            )
            for duty in group
        ]
        yield from table(("Nơi ghi", "Loại", "Khi nào", "Ai làm gì"), rows, _share(console.width, 12, 10, 22))


def _decided(duty: dict[str, Any]) -> str:
    """Return what was decided about a duty, and its key: "" for one that waits."""
    notes = [_DECIDED[duty["status"]]] if duty["status"] in _DECIDED else []
    notes += [f"mã {duty['key']}"] if "key" in duty else []
    return f" ({', '.join(notes)})" if notes else ""


def _file(duty: dict[str, Any]) -> str:
    file: str = duty["file"]
    return file


def _who_does_what(duty: dict[str, Any]) -> str:
    text = f"{duty['who']}: {duty['what']}" if duty["who"] else duty["what"]
    return f"{text[:1].upper()}{text[1:]}"


def _when(duty: dict[str, Any]) -> str:
    words = duty["when_text"] or "không nêu thời hạn"
    return words if duty["due"] or duty["recurrence"] not in (None, "unspecified") else f"{words} (chưa rõ ngày)"


def _share(width: int, *fixed: int) -> list[int]:
    """Return column widths: the given ones, and what is left of `width` for one last column."""
    return [*fixed, max(20, width - sum(fixed) - 2 * len(fixed))]


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f}".replace(".", ",") + " giây"
