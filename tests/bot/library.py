"""A small library of two fictional documents with a scripted assistant: what the pages and the terminal need."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property

from bot.asking import VIETNAM, Library
from index.card import DocumentCard, card_of, place
from knowledge.document import (
    Document,
    Finding,
    FindingKind,
    Header,
    Obligation,
    ObligationKind,
    PartialDate,
    Reference,
    Section,
    SectionKind,
    Signer,
    TimeKind,
    TimePhrase,
)
from knowledge.text import fold
from retrieval.model import Answer, Citation

NOW = datetime(2025, 11, 20, 9, 0, tzinfo=VIETNAM)

K = SectionKind
# kind, label, path, cite, heading, parent, text
_PLAN = (
    (K.HEADER, "", "header", "header", "", None, "SỞ VĂN THƯ TỈNH AN BÌNH\n\nSố: 77/KH-SVT\n\n"),
    (K.TITLE, "", "title", "title", "", None, "KẾ HOẠCH\n\nPhong trào thi đua “Hồ sơ gọn, việc nhanh” năm 2025\n\n"),
    (K.PREAMBLE, "", "preamble", "preamble", "", None,
     "Căn cứ Chỉ thị số 05/CT-UBND ngày 10/01/2025 của Ủy ban nhân dân tỉnh An Bình, Sở lập Kế hoạch như sau:\n\n"),
    (K.HEADING, "I", "I", "I", "MỤC ĐÍCH", None, "I. MỤC ĐÍCH\n\n"),
    (K.PARAGRAPH, "", "I, đoạn 1", "I", "", 3, "Mỗi phòng giảm ít nhất **một phần ba** thời gian xử lý hồ sơ.\n\n"),
    (K.HEADING, "II", "II", "II", "TỔ CHỨC THỰC HIỆN", None, "II. TỔ CHỨC THỰC HIỆN\n\n"),
    (K.HEADING, "1", "II.1", "II.1", "Các phòng, đơn vị", 5, "1. Các phòng, đơn vị\n\n"),
    (K.BULLET, "-", "II.1, gạch đầu dòng 1", "II.1", "", 6,
     "- Các phòng, đơn vị báo cáo kết quả về Văn phòng Sở trước ngày 15/12/2025.\n\n"),
    (K.TABLE, "", "II.1, bảng 1", "II.1", "", 6, "Phòng | Chỉ tiêu\nHành chính | 12 hồ sơ <mẫu>\n\n"),
    (K.SIGNATURE, "", "signature", "signature", "", None, "GIÁM ĐỐC\n\nĐỗ Thị Mai\n\n"),
    (K.NOISE, "", "noise", "noise", "", None, r"D:\VanThu\2025\ke-hoach-77.doc"),
)  # fmt: skip
_DRAFT = (
    (K.TITLE, "", "title", "title", "", None, "QUY ĐỊNH\n\nVề giờ mở cửa kho lưu trữ\n\n"),
    (K.ARTICLE, "Điều 1", "Điều 1", "Điều 1", "Giờ mở cửa", None, "Điều 1. Giờ mở cửa\n\n"),
    (K.CLAUSE, "1", "Điều 1.1", "Điều 1.1", "", 1, "1. Kho lưu trữ mở cửa từ 8 giờ đến 16 giờ các ngày làm việc."),
)


def _sections(parts: Sequence[tuple[SectionKind, str, str, str, str, int | None, str]]) -> tuple[Section, ...]:
    sections: list[Section] = []
    at = 0
    for index, (kind, label, path, cite, heading, parent, text) in enumerate(parts):
        sections.append(Section(index, parent, kind, label, path, cite, heading, at, at + len(text)))
        at += len(text)
    return tuple(sections)


def _document(
    file: str, parts: Sequence[tuple[SectionKind, str, str, str, str, int | None, str]], header: Header
) -> Document:
    text = "".join(part[-1] for part in parts)
    return Document(
        file=file,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        header=header,
        sections=_sections(parts),
        references=(),
        obligations=(),
        period=None,
        findings=(),
    )


def plan() -> Document:
    """A plan with a deadline, a table, a leaked path."""
    header = Header(
        kind="kế hoạch",
        symbol="77/KH-SVT",
        symbol_draft=None,
        issuer="Sở Văn thư tỉnh An Bình",
        issuer_inferred=False,
        place="An Bình",
        province="An Bình",
        date=PartialDate(2025, 2, 3),
        subject="Phong trào thi đua “Hồ sơ gọn, việc nhanh” năm 2025",
        signer=Signer("Đỗ Thị Mai", "GIÁM ĐỐC"),
        recipients=(),
        is_draft=False,
    )
    document = _document("ke-hoach-77.docx", _PLAN, header)
    duty = document.text.index("- Các phòng")
    phrase = "trước ngày 15/12/2025"
    start = document.text.index(phrase)
    when = TimePhrase(phrase, start, start + len(phrase), TimeKind.DEADLINE, None, date(2025, 12, 15), True, None)
    cited = document.text.index("Chỉ thị số 05/CT-UBND")
    return replace(
        document,
        references=(Reference("05/CT-UBND", "chỉ thị", None, PartialDate(2025, 1, 10), 2, cited, cited + 21),),
        obligations=(
            Obligation(
                kind=ObligationKind.REPORT,
                who="Các phòng, đơn vị",
                what="báo cáo kết quả",
                to="Văn phòng Sở",
                when=when,
                section=7,
                start=duty,
                end=start + len(phrase) + 1,
            ),
        ),
        findings=(Finding(FindingKind.LEAKED_PATH, "Cuối văn bản có đường dẫn tệp trên máy soạn thảo.", None, None),),
    )


def draft() -> Document:
    """A draft regulation without number or date."""
    header = Header(
        kind="quy định",
        symbol=None,
        symbol_draft="/QyĐ-SVT",
        issuer="Sở Văn thư tỉnh An Bình",
        issuer_inferred=True,
        place=None,
        province=None,
        date=PartialDate(2025, 9),
        subject="Giờ mở cửa kho lưu trữ",
        signer=None,
        recipients=(),
        is_draft=True,
    )
    document = _document("du-thao.txt", _DRAFT, header)
    finding = Finding(FindingKind.DRAFT, "Chưa có số và ngày ban hành.", None, None)
    return replace(document, findings=(finding,))


DEADLINE = "Các phòng, đơn vị báo cáo kết quả về Văn phòng Sở trước ngày 15/12/2025"
OPENING = "Kho lưu trữ mở cửa từ 8 giờ đến 16 giờ các ngày làm việc."
REDUCTION = "Mỗi phòng giảm ít nhất **một phần ba** thời gian xử lý hồ sơ."


class FakeLibrary(Library):
    """Answers three scripted questions, refuses the rest; remembers what it was asked."""

    def __init__(self, *documents: Document) -> None:
        self.documents = documents or (plan(), draft())
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.units: list[str | None] = []  # of those who asked

    @cached_property
    def cards(self) -> tuple[DocumentCard, ...]:
        counts = [len(document.sections) for document in self.documents]
        starts = [sum(counts[:number]) for number in range(len(counts))]
        stored = [card_of(document, document.file) for document in self.documents]
        return tuple(
            place(card, start, start + count, ()) for card, start, count in zip(stored, starts, counts, strict=True)
        )

    def document(self, position: int) -> Document:
        return self.documents[position]

    def without(self, keys: frozenset[str]) -> Library:
        kept = [document for document in self.documents if document.file not in keys]
        return self if len(kept) == len(self.documents) else FakeLibrary(*kept)

    def ask(self, text: str, previous: Sequence[str] = (), *, now: datetime, unit: str | None = None) -> Answer:
        self.asked.append((text, tuple(previous)))
        self.units.append(unit)
        folded = fold(text)
        if "hong" in folded:
            raise RuntimeError("scripted failure")
        if "han" in folded:
            return self._found(
                text,
                "Hạn báo cáo: trước ngày 15/12/2025 (còn 24 ngày).",
                [(0, DEADLINE), (0, REDUCTION), (1, OPENING)],
                ("Quy định về giờ mở cửa là dự thảo, chưa ban hành.",),
            )
        if "ai ky ke hoach" in folded:
            return self._found(text, "Người ký: Đỗ Thị Mai.", [(0, "Đỗ Thị Mai")], ())
        if "gio" in folded:
            return self._found(text, "", [(1, OPENING)], ())
        reason = "Các văn bản đang có không nói về điều này."
        return Answer(text, False, reason, reason, (self._cite(0, REDUCTION),), (), 1.0)

    def _found(self, text: str, statement: str, places: list[tuple[int, str]], notes: tuple[str, ...]) -> Answer:
        citations = tuple(self._cite(*place) for place in places if place[0] < len(self.documents))
        words = f"{statement}\n“{citations[0].quote}”\n(Nơi trích)".strip()
        return Answer(text, True, None, words, citations, notes, 1.0)

    def _cite(self, position: int, quote: str) -> Citation:
        document = self.documents[position]
        start = document.text.index(quote)
        header = document.header
        return Citation(
            file=document.file,
            number=header.symbol,
            title=header.title,
            date=header.date.iso() if header.date else None,
            section=document.section_at(start).cite,
            quote=quote,
            passage=quote,
            score=0.9,
            document=position,
            start=start,
            end=start + len(quote),
        )


class FakeSource:
    """Always the same library, until told otherwise."""

    def __init__(self, library: FakeLibrary | None) -> None:
        self.library = library

    def current(self) -> FakeLibrary | None:
        return self.library
