"""Plans with duties for tests, written by hand or changed from one another."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.obligations import Proposal, proposal_key
from bot.domain.people import Unit
from knowledge.deadlines import find_times
from knowledge.document import Document, Obligation, ObligationKind, PartialDate
from tests.bot.library import plan

UNITS = (
    Unit("phong-tccb", "Phòng Tổ chức cán bộ"),
    Unit("phong-khtc", "Phòng Kế hoạch – Tài chính", ("Phòng Tài vụ",)),
    Unit("cc-tl", "Chi cục Thủy lợi", successor="cc-tnn", active=False),
    Unit("cc-tnn", "Chi cục Tài nguyên nước"),
)


def proposal(
    quote: str = "Các phòng báo cáo kết quả trước ngày 15/12/2025.",
    *,
    who: str | None = "Các phòng, đơn vị",
    what: str = "báo cáo kết quả",
    section: str = "II.1",
    number: int = 0,
    document: str = "1",
    name: str = "Kế hoạch 77/KH-SVT",
) -> Proposal:
    """Return a duty whose time is read from its sentence."""
    times = find_times(quote, issued=PartialDate(2025, 2, 3))
    return Proposal(
        proposal_key(document, section, quote, number),
        document,
        "ke-hoach-77.docx",
        name,
        section,
        quote,
        ObligationKind.REPORT,
        who,
        what,
        None,
        times[0] if times else None,
    )


DUTY_LINE = "- Các phòng, đơn vị báo cáo kết quả về Văn phòng Sở trước ngày 15/12/2025.\n\n"


def plan_saying(line: str = DUTY_LINE, *, who: str | None = "Các phòng, đơn vị", states: bool = True) -> Document:
    """Return the plan of the tests with another sentence in the place of its duty (`states`: whether it is one)."""
    before = plan()
    line = line if line.endswith("\n") else f"{line}\n\n"
    shift = len(line) - len(DUTY_LINE)
    at = before.sections[7].start
    text = before.text.replace(DUTY_LINE, line)
    sections = tuple(
        replace(
            one,
            start=one.start + (shift if one.index > 7 else 0),
            end=one.end + (shift if one.index >= 7 else 0),
        )
        for one in before.sections
    )
    times = find_times(line, issued=PartialDate(2025, 2, 3))
    duty = Obligation(
        ObligationKind.REPORT,
        who,
        "báo cáo kết quả",
        "Văn phòng Sở",
        times[0] if times else None,
        7,
        at,
        at + len(line.rstrip()),
    )
    return replace(before, text=text, sections=sections, obligations=(duty,) if states else ())
