"""The frozen values between understanding, searching and answering.

Knows nothing of how any of them is done, nor of people and channels.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise

SURELY_MEANT = 0.6  # confidence from which a document counts as named


class Wanted(StrEnum):
    """The fact a question asks for; PASSAGE when it asks for words, not for a fact."""

    PASSAGE = "passage"
    SYMBOL = "symbol"  # "số mấy", "số hiệu"
    ISSUE_DATE = "issue-date"  # "ban hành ngày nào"; of the document meant, or of a document it cites
    ISSUER = "issuer"  # "cơ quan nào ban hành"
    SUBJECT = "subject"  # "về việc gì", "nói về vấn đề gì"
    SIGNER = "signer"  # "ai ký", "chức vụ người ký"
    RECIPIENTS = "recipients"  # "nơi nhận", "gửi cho những ai"
    DEADLINE = "deadline"  # "hạn báo cáo", "bao giờ phải nộp", "còn mấy ngày"
    REPORT_TO = "report-to"  # "báo cáo gửi về đâu"
    PERIOD = "period"  # "kéo dài đến khi nào", "thời gian thực hiện"
    LEGAL_BASES = "legal-bases"  # "căn cứ văn bản nào", "thực hiện theo quyết định nào"
    CRITERIA = "criteria"  # "tiêu chí", "tiêu chuẩn"
    AWARDS = "awards"  # "hình thức khen thưởng"
    DUTIES = "duties"  # "X có trách nhiệm gì", "X phải làm gì"
    RESPONSIBLE = "responsible"  # "đơn vị nào tổng hợp", "ai theo dõi"


@dataclass(frozen=True, slots=True)
class Term:
    """One syllable of the question as it will be searched."""

    text: str  # normalised as knowledge.text.syllables does; corrected where it was a typo
    weight: float  # 1 for a typed word; less for an expansion, a guess or a word carried over from an earlier turn
    typed: str  # what stood in the question


@dataclass(frozen=True, slots=True)
class Alternative:
    """Other words for a stretch of the question; they count where all of them stand."""

    words: tuple[str, ...]  # the syllables
    strength: float  # how close they are to what was typed, 0..1

    @property
    def tokens(self) -> tuple[str, ...]:
        """What index.lexical.tokens makes of the words: one syllable, or the pairs of a longer phrase."""
        return tuple(map("_".join, pairwise(self.words))) or self.words


@dataclass(frozen=True, slots=True)
class Concept:
    """A stretch of the question that documents may say in other words; the best of these counts, not their sum."""

    words: tuple[str, ...]  # the corrected syllables of the stretch
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, understood against one snapshot."""

    text: str  # as typed, NFC
    terms: tuple[Term, ...]  # content of this turn, and of earlier turns where it is a follow-up, in order
    accented: bool  # typed with diacritics: accented forms can be trusted
    wanted: tuple[Wanted, ...]  # most likely first; never empty
    symbols: tuple[str, ...]  # normalised document symbols named in it ("459-KH/TU")
    documents: dict[int, float] = field(default_factory=dict)  # document → how surely it is meant, 0..1; empty: any
    exclusive: bool = False  # the documents named are meant and no others ("Kế hoạch 912 …")
    across: bool = False  # asks over all documents: "các kế hoạch nói gì", "kế hoạch nào"
    units: tuple[str, ...] = ()  # bodies whose duties are asked for: "công đoàn", "văn phòng sở"
    own_unit: bool = False  # that body is the asker's own: what all bodies of the office owe is asked, too
    follow_up: bool = False  # resolved with the help of an earlier turn
    claimed_dates: tuple[date, ...] = ()  # dates the question itself asserts ("… trước ngày 15/11 đúng không?")
    # Content words that no document has, one by one as typed, and names of provinces that none is from or mentions
    # ("Thái Bình"): evidence for a refusal.
    unknown: tuple[str, ...] = ()
    # The whole question as it was meant: slips mended, abbreviations spelled out, marks put back; lower case, words
    # joined by spaces without punctuation.
    meant: str = ""
    pairs: tuple[Term, ...] = ()  # neighbouring syllables of this turn as index.lexical.tokens joins them: "kế_hoạch"
    concepts: tuple[Concept, ...] = ()  # of this turn, in order, without overlaps
    # The earlier turn as it was meant, where this one leaves out what is asked: "còn Vân Canh?" after "… mấy phòng?"
    still_asked: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found, with the evidence for it."""

    passage: int  # position in the snapshot
    score: float  # fused, comparable between questions, 0..1; 0 beyond the first dozen, of which nobody asks
    lexical: float  # BM25 part, scaled
    semantic: float  # cosine of the vectors, -1..1
    coverage: float  # share of the question's weighted content words that the passage with its context has, 0..1
    meant: float  # how surely its document is the one meant, 0..1
    points: float = 0.0  # what it was ordered by; comparable within one question only
    sentence: float | None = None  # cosine with its nearest sentence, 0..1; None: not looked at
    odds: float | None = None  # log-odds that it answers, among questions that have an answer; None: not looked at


@dataclass(frozen=True, slots=True)
class Citation:
    """One quotation with its place."""

    file: str  # base name of the source file
    number: str | None  # the document's symbol
    title: str
    date: str | None  # ISO, partial for drafts
    section: str  # as people cite it: "III.2", "header", "title", "preamble", "recipients", "signature"
    quote: str  # verbatim
    passage: str  # the whole passage around the quote, verbatim, at most 1,200 characters
    score: float
    document: int  # position in the snapshot
    start: int  # of the quote in Document.text
    end: int
    above: str = ""  # verbatim: the heading over a row of a table that is quoted; it stands elsewhere


@dataclass(frozen=True, slots=True)
class Answer:
    """What the program says to one question."""

    question: str
    found: bool
    reason: str | None  # Vietnamese, one sentence: why nothing was found; None when found
    answer: str  # Vietnamese, what a user reads: a fact with its quote, or quotes; "" is never said
    citations: tuple[Citation, ...]  # best first; for a refusal, the nearest passages (not as evidence)
    notes: tuple[str, ...]  # Vietnamese: expired, draft, contradiction, inferred issuer, doubtful recognition
    took_ms: float
