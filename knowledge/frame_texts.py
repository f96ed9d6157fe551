"""What stands in the frame of a document, by role: what its header is read from. Structure is knowledge.frame's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.document import FRAME_SECTIONS, Section, SectionKind

_BREAK = re.compile(r"<br\s*/?>")
_FOOT = (SectionKind.RECIPIENTS, SectionKind.SIGNATURE)
_TOP = 1000  # characters from the top, within which fields tell of the document
_MARK_BELOW = 1500  # characters into what is attached, within which that says what it came with


class FrameTexts:
    """The texts of the frame sections of the document itself, not of what is attached to it."""

    def __init__(self, text: str, sections: Sequence[Section]) -> None:
        self.text = text
        self.top = text[:_TOP]
        attached = next((s.start for s in sections if s.kind is SectionKind.APPENDIX), len(text))
        self.below = text[attached:][:_MARK_BELOW]
        self._own = [section for section in sections if section.start < attached]
        self.body = "".join(
            text[section.start : section.end] for section in self._own if section.kind not in FRAME_SECTIONS
        )
        self.head = self.of(SectionKind.HEADER)
        self.title = self.of(SectionKind.TITLE)
        self.preamble = self.of(SectionKind.PREAMBLE)
        self.signature = self.of(SectionKind.SIGNATURE)
        self.recipients = self.of(SectionKind.RECIPIENTS)
        if not (self.signature or self.recipients):
            # Pages print the foot below what is attached; forms have a signature there, but no recipients.
            recipients, signature = (self._of(kind, sections) for kind in _FOOT)
            if recipients and signature:
                self.recipients, self.signature = recipients, signature

    def of(self, kind: SectionKind) -> str:
        """Return the text of all sections of one kind; a tag for a line break is one."""
        return self._of(kind, self._own)

    def _of(self, kind: SectionKind, sections: Sequence[Section]) -> str:
        return "\n".join(
            _BREAK.sub("\n", self.text[section.start : section.end]) for section in sections if section.kind is kind
        )
