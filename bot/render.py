"""Answers and documents as text for a terminal.

Knows nothing of where they come from; `bot.console` knows the terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from bot import wording
from bot.card import Card, Place
from bot.console import Console, table

if TYPE_CHECKING:
    from index.build import BuildReport
    from index.card import DocumentCard

_LONGEST_QUOTE = 400  # characters of a further quotation; the first is given whole


def answer_lines(card: Card, console: Console) -> Iterator[str]:
    """Yield the lines of one answer: statement, quotation, its place, further places, notes."""
    if card.statement:
        yield console.fill(console.bold(card.statement) if card.found else card.statement)
    if card.lead is not None:
        yield console.fill(f"“{card.lead.quote}”", indent="   ", first="  ")
        yield console.fill(console.dim(f"— {where(card.lead)}"), indent="    ", first="  ")
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
        quote = " ".join(place.quote.split())
        if len(quote) > _LONGEST_QUOTE:
            quote = quote[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
        yield console.fill(f"“{quote}”", indent="    ", first="  • ")
        yield console.fill(console.dim(f"— {where(place)}"), indent="      ", first="    ")


def where(place: Place) -> str:
    """Return the place as people cite it: "Mục III.2, Kế hoạch 912/KH-SNNMT, ngày 27/03/2025"."""
    date = f"ngày {place.date}" if place.date[:1].isdigit() else place.date
    return ", ".join(part for part in (place.place, place.name, date) if part)


def document_lines(card: DocumentCard, console: Console) -> Iterator[str]:
    """Yield one document: its name, what it says of itself, what an admin should know."""
    header = card.header
    yield console.bold(console.fill(f"{wording.name(header)} · {card.file}"))
    issuer = f"{header.issuer} (suy ra từ nội dung)" if header.issuer and header.issuer_inferred else header.issuer
    signer = header.signer
    facts = (
        ("Trích yếu", header.subject),
        ("Cơ quan", issuer),
        ("Ngày", ", ".join(part for part in (header.place, header.date.vietnamese() if header.date else None) if part)),
        ("Người ký", ", ".join(part for part in (signer.name, signer.title) if part) if signer else None),
        ("Viện dẫn", ", ".join(dict.fromkeys(ref.symbol for ref in card.references if ref.symbol))),
        ("Gồm", f"{wording.count(card.sections, 'mục')}, {wording.count(card.last - card.first, 'đoạn')}"),
    )
    for label, value in facts:
        if value:
            yield console.fill(value, indent=" " * 13, first=f"  {label + ':':<11}")
    for finding in card.findings:
        place = f" ({wording.place(finding.section)})" if finding.section else ""
        yield console.fill(f"{wording.FINDINGS[finding.kind]}{place}: {finding.message}", indent="    ", first="  ! ")


def build_lines(report: BuildReport, cards: Sequence[DocumentCard], console: Console) -> Iterator[str]:
    """Yield what `tdkt index` says: the documents with their findings, the refused with reasons, the totals."""
    if cards:
        rows = [
            (
                card.file,
                wording.name(card.header),
                card.header.date.vietnamese() if card.header.date else "",
                ", ".join(dict.fromkeys(wording.FINDINGS[finding.kind] for finding in card.findings)) or "—",
            )
            for card in cards
        ]
        yield from table(("Tệp", "Văn bản", "Ngày", "Phát hiện"), rows, _share(console.width, 22, 20, 12))
    if report.refused:
        yield ""
        yield f"Không nhận {wording.count(len(report.refused), 'tệp')}:"
        for refusal in report.refused:
            yield console.fill(f"{refusal.file}: {refusal.reason}", indent="    ", first="  ✗ ")
    yield ""
    yield console.fill(
        f"{wording.count(report.documents, 'văn bản')}, {wording.count(report.passages, 'đoạn')}: "
        f"thêm {report.added}, thay {report.changed}, bỏ {report.removed}, giữ nguyên {report.unchanged}; "
        f"{_seconds(report.seconds)}."
    )


def obligation_lines(duties: Sequence[dict[str, Any]], console: Console) -> Iterator[str]:
    """Yield the duties with a time, from their JSON: one table a document."""
    for number, (file, group) in enumerate(groupby(duties, key=lambda duty: duty["file"])):
        if number:
            yield ""
        yield console.bold(file)
        rows = [
            (
                wording.place(duty["section"]),
                wording.DUTIES[duty["kind"]],
                _when(duty),
                f"{duty['who']}: {duty['what']}" if duty["who"] else duty["what"],
            )
            for duty in group
        ]
        yield from table(("Nơi ghi", "Loại", "Khi nào", "Ai làm gì"), rows, _share(console.width, 12, 10, 22))


def _when(duty: dict[str, Any]) -> str:
    words = duty["when_text"] or "không nêu thời hạn"
    return words if duty["due"] or duty["recurrence"] not in (None, "unspecified") else f"{words} (chưa rõ ngày)"


def _share(width: int, *fixed: int) -> list[int]:
    """Return column widths: the given ones, and what is left of `width` for one last column."""
    return [*fixed, max(20, width - sum(fixed) - 2 * len(fixed))]


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f}".replace(".", ",") + " giây"
