"""The frozen values every part of the program speaks in: a document, analysed.

One rule holds them together: `Document.text` is the only text, normalised once
(`knowledge.text.normalise`), and everything else points into it with
half-open character offsets `[start, end)`. A quotation is always
`document.text[start:end]`, so nothing can be quoted that is not there.

Knows nothing of files, databases, search or chat.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters of `Document.text`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of `text` in this range."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as far as the document gives it: drafts leave the day or the month open."""

    year: int
    month: int | None = None  # 1..12
    day: int | None = None  # 1..31, only together with a month

    @property
    def whole(self) -> date | None:
        """The calendar date, or None while the day or the month is open."""
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    def iso(self) -> str:
        """Return "2025-03-27", "2024-09" or "2023": what is known and nothing more."""
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
            if self.day is not None:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)

    def vietnamese(self) -> str:
        """Return "27/03/2025", "tháng 9/2024" or "năm 2023"."""
        if self.month is None:
            return f"năm {self.year}"
        if self.day is None:
            return f"tháng {self.month}/{self.year}"
        return f"{self.day:02d}/{self.month:02d}/{self.year}"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed: a draft may carry a title without a name, a bad scan a name without a title."""

    name: str | None  # "Nguyễn Đức Trung"
    title: str | None  # verbatim, "Q. GIÁM ĐỐC"; several lines ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC") joined by " / "


@dataclass(frozen=True, slots=True)
class Header:
    """What an administrative document says of itself (layout of Nghị định 30/2020/NĐ-CP)."""

    kind: str | None  # kind's name as written in Phụ lục III, lower case: "kế hoạch", "chỉ thị", "công văn", "luật"
    symbol: str | None  # normalised by knowledge.citations.normalise_symbol, "912/KH-SNNMT"; None when open or absent
    symbol_draft: str | None  # the unnumbered symbol of a draft: "/KH-SNV"; None otherwise
    issuer: str | None  # "Sở Nông nghiệp và Môi trường Khánh Hòa" (province added where the text gives it)
    issuer_inferred: bool  # True when taken from the preamble, the symbol or the signature, not from the letterhead
    place: str | None  # "Khánh Hòa": where it was dated
    province: str | None  # the province the document is about or from, where the text gives it
    date: PartialDate | None  # of issue
    subject: str | None  # trích yếu on one line, markup removed: "Triển khai Chỉ thị số 31-CT/TU …"
    signer: Signer | None
    recipients: tuple[str, ...]  # lines of "Nơi nhận", bullets and final punctuation removed, leaked paths left out
    is_draft: bool  # no number, or no whole date, where the layout has a place for it

    @property
    def title(self) -> str:
        """Kind and subject as people name the document, "Kế hoạch Triển khai …"; "" when both are lost."""
        kind = self.kind[:1].upper() + self.kind[1:] if self.kind else ""
        return " ".join(part for part in (kind, self.subject or "") if part)


class SectionKind(StrEnum):
    """What a section is. The first six make up the frame around the body (FRAME_SECTIONS)."""

    HEADER = "header"  # letterhead, symbol line, place and date
    TITLE = "title"  # kind and subject
    PREAMBLE = "preamble"  # legal bases and the sentence that leads into the body
    RECIPIENTS = "recipients"  # "Nơi nhận:" and its list
    SIGNATURE = "signature"  # title and name of the signer, before or after the recipients
    NOISE = "noise"  # leaked file paths, stamps: kept so that no character is lost, never quoted, never indexed
    PART = "part"  # Phần
    CHAPTER = "chapter"  # Chương
    DIVISION = "division"  # Mục of a law
    ARTICLE = "article"  # Điều
    CLAUSE = "clause"  # khoản "1." under a Điều
    POINT = "point"  # điểm "a)" under a khoản
    HEADING = "heading"  # "I.", "1.", "a)", "1.1." of a plan, whatever its level
    BULLET = "bullet"  # "-", "+", "•" items
    PARAGRAPH = "paragraph"  # unnumbered text
    TABLE = "table"  # a table, one row a line, cells joined by " | "
    APPENDIX = "appendix"  # Phụ lục, Mẫu số


# The frame around the body: what every document has and none is about.
FRAME_SECTIONS = frozenset(
    {
        SectionKind.HEADER,
        SectionKind.TITLE,
        SectionKind.PREAMBLE,
        SectionKind.RECIPIENTS,
        SectionKind.SIGNATURE,
        SectionKind.NOISE,
    }
)
# What people number and cite: the kinds of sections that may have a heading.
NUMBERED_SECTIONS = frozenset(
    {
        SectionKind.PART,
        SectionKind.CHAPTER,
        SectionKind.DIVISION,
        SectionKind.ARTICLE,
        SectionKind.HEADING,
        SectionKind.APPENDIX,
        SectionKind.CLAUSE,
        SectionKind.POINT,
    }
)


@dataclass(frozen=True, slots=True)
class Section:
    """One node of the section tree.

    Sections are listed in reading order and partition the text: section i owns
    `[start, end)`, section i+1 begins where it ends, the first begins at 0 and
    the last ends at `len(text)`. `start..end` is the section's OWN text; its
    children's text lies in the children.
    """

    index: int  # position in Document.sections
    parent: int | None  # index of the enclosing section; None at the top
    kind: SectionKind
    label: str  # as written: "I", "2", "a", "Điều 5", "-"; "" for unnumbered text
    path: str  # unique: "III.2", "Điều 5.2.a", "II.3, gạch đầu dòng 2", "III, đoạn 2", "preamble", "signature"
    cite: str  # as people cite it, the nearest numbered path: "II.3" for its second bullet; need not be unique
    heading: str  # heading words without label, markup and final colon; "" where the section is only running text
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of another document in the text (viện dẫn)."""

    symbol: str | None  # normalised "09-NQ/TW"; None when only named
    kind: str | None  # "nghị quyết"
    issuer: str | None  # as written near the mention: "Bộ Chính trị"
    date: PartialDate | None  # as written near the mention
    section: int  # Section.index it stands in
    start: int  # of the whole mention: "Nghị quyết số 09- NQ/TW, ngày 28/01/2022 của Bộ Chính trị"
    end: int


class TimeKind(StrEnum):
    """What a phrase of time says."""

    DEADLINE = "deadline"  # a last day: "trước ngày 05/12/2025", "chậm nhất ngày …", "trong tháng 11/2025"
    PERIOD = "period"  # a span: "từ ngày … đến ngày …", "giai đoạn 2021 - 2025"
    RECURRENCE = "recurrence"  # "hằng năm", "trước ngày 15 hằng tháng"
    ON_REQUEST = "on-request"  # "khi có yêu cầu", "đột xuất"
    UNSPECIFIED = "unspecified"  # "theo quy định", "định kỳ", "kịp thời", "thường xuyên": no date can be computed
    DATE = "date"  # a bare date: an event or the date of a cited document


class Recurrence(StrEnum):
    """How often, in the words of the command-line contract."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    YEARLY = "yearly"
    ON_REQUEST = "on-request"
    UNSPECIFIED = "unspecified"


@dataclass(frozen=True, slots=True)
class TimePhrase:
    """A phrase of time and what it means; never more than the words say."""

    text: str  # verbatim
    start: int  # in the text that was parsed
    end: int
    kind: TimeKind
    begin: date | None  # first day of a period, month or quarter; None when open ("từ ngày Kế hoạch này ban hành")
    due: date | None  # the date as written; of a month, quarter or range its last day; None when it has none
    exclusive: bool  # "trước ngày 05/12/2025": the last day to act is the day before `due`
    recurrence: Recurrence | None
    # Within a recurrence the day it falls on: 15 of "trước ngày 15 hằng tháng", 15/11 of "trước 15/11 hằng năm".
    day: int | None = None
    month: int | None = None

    @property
    def last_day(self) -> date | None:
        """The last day on which one is still in time; `due` itself unless the phrase excludes it."""
        if self.due is None or not self.exclusive:
            return self.due
        return date.fromordinal(self.due.toordinal() - 1)


class ObligationKind(StrEnum):
    """The four duties with a time that the office tracks."""

    REPORT = "report"  # báo cáo
    SUBMIT = "submit"  # nộp, gửi, đăng ký, trình (something other than a report)
    FINISH = "finish"  # hoàn thành, tổ chức, tổng kết … by a time
    PERIOD = "period"  # thời gian thực hiện: the plan's own span


@dataclass(frozen=True, slots=True)
class Obligation:
    """A duty with a time, as the document states it: a proposal until an admin confirms it."""

    kind: ObligationKind
    who: str | None  # verbatim subject, "Các phòng, đơn vị trực thuộc Sở"
    what: str  # verbatim, the duty itself: "báo cáo kết quả triển khai thực hiện Kế hoạch"
    to: str | None  # verbatim addressee, "Sở Nông nghiệp và Môi trường thông qua (Văn phòng Sở)"
    when: TimePhrase | None  # None: the sentence gives no time at all
    section: int  # Section.index
    start: int  # of the sentence that states it
    end: int


class FindingKind(StrEnum):
    """What an admin should know before publishing a document."""

    DRAFT = "draft"  # no number, or no whole date
    NO_DUTY = "no-duty"  # no duty with a time was found
    UNDATED_DUTY = "undated-duty"  # a duty without a computable date
    CONTRADICTION = "contradiction"  # one cited document with two dates, symbols or issuers
    CITED_LATER = "cited-later"  # a cited document dated after this one
    PERIOD_CONFLICT = "period-conflict"  # "5 năm 2021 - 2025" against "5 năm (2020 - 2025)"
    RECOGNITION = "recognition"  # a suspected recognition error: "cô vũ", "Nơi nhân"
    LEAKED_PATH = "leaked-path"  # a drive path left in the document
    NO_SIGNER = "no-signer"  # no name under the signature
    INFERRED_ISSUER = "inferred-issuer"  # the letterhead is lost
    EXPIRED = "expired"  # its own period is over
    REPLACED = "replaced"  # another indexed document replaces it
    AMENDED = "amended"  # another indexed document amends it
    NEAR_DUPLICATE = "near-duplicate"  # almost the same text as another indexed document
    LOW_CONFIDENCE = "low-confidence"  # a recognised page whose text is doubtful
    RESTRICTED = "restricted"  # an admin opened it to some units only; never found in the document itself


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth a human look, in Vietnamese, with its place and words."""

    kind: FindingKind
    message: str  # Vietnamese, one sentence, complete in itself
    section: str | None  # Section.cite; None when it concerns the whole document
    quote: str | None  # verbatim; None for leaked paths (they must never be shown) and for what is absent
    start: int | None = None  # of the quote in Document.text, where it stands in this document
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One analysed document."""

    file: str  # base name of the source file
    digest: str  # sha256 of the file's bytes, hex
    text: str  # the whole text, normalised; every offset of this module points into it
    header: Header
    sections: tuple[Section, ...]  # in reading order, a partition of `text`
    references: tuple[Reference, ...]  # in reading order
    obligations: tuple[Obligation, ...]  # in reading order
    period: TimePhrase | None  # the span the document itself is in force for, where it says so
    findings: tuple[Finding, ...]  # those visible in this document alone
    recognised: bool = False  # the text came from character recognition

    def children(self, index: int) -> tuple[Section, ...]:
        """Return the sections directly under section `index`, in order."""
        return tuple(section for section in self.sections if section.parent == index)

    def subtree(self, index: int) -> Span:
        """Return the span of section `index` with everything under it (contiguous, since order is reading order)."""
        end = self.sections[index].end
        inside = {index}
        for section in self.sections[index + 1 :]:
            if section.parent not in inside:
                break
            inside.add(section.index)
            end = section.end
        return Span(self.sections[index].start, end)

    def section_at(self, offset: int) -> Section:
        """Return the section that owns the character at `offset` (0 <= offset < len(text))."""
        low, high = 0, len(self.sections) - 1
        while low < high:
            middle = (low + high) // 2
            if self.sections[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return self.sections[low]
