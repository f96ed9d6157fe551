"""What programs that turn pages into text leave beside it: tables in HTML, letters set as formulas, pictures.

Strings in, strings out; knows nothing of Vietnamese or of layout.
"""

from __future__ import annotations

import html
import re
import unicodedata
from html.parser import HTMLParser

from knowledge.readers.base import join_cells

_TABLE = re.compile(r"<table\b[^>]*>.*?</table>", re.IGNORECASE | re.DOTALL)
_PICTURE = re.compile(r"^[ \t]*!\[[^\]\n]*\]\([^)\n]*\)[ \t]*\n?", re.MULTILINE)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,6}|nbsp|quot|amp|lt|gt|apos|ndash|mdash|hellip);", re.IGNORECASE)
_FORMULA = re.compile(r"\$([^$\n]{1,200})\$")
_ACCENTS = {"hat": "\u0302", "tilde": "\u0303", "acute": "\u0301", "grave": "\u0300", "breve": "\u0306"}
_ACCENTED = re.compile(rf"\\({'|'.join(_ACCENTS)})\s*(?:\{{\s*)?(?:\\math\w+\s*(?:\{{\s*)?)?(\w)(?:\s*\}}){{0,2}}")
_SIGNS = {r"\%": "%", r"\&": "&", r"\geq": "≥", r"\ge": "≥", r"\leq": "≤", r"\le": "≤", r"\times": "×", r"\ldots": "…"}
_SETTING = re.compile(r"\\(?:math\w+|text\w*|operatorname|mathring|dot|bar|boldsymbol)\b|\\[,;! ]|[{}^_~]")
_PARTED = re.compile(r"(?<![^\W_])[^\W\d_](?: [^\W\d_])+(?![^\W_])")  # "H ệ": a formula sets its letters one by one
_POWER = re.compile(r"\s*\^\s*(?:\{\s*)?([23])(?:\s*\})?")


def plain_text(text: str) -> str:
    """Return `text` with tables as rows of cells between bars, formulas as what they say, pictures gone."""
    text = _TABLE.sub(lambda match: _rows(match.group()), text) if "<" in text else text
    text = _PICTURE.sub("", text) if "![" in text else text
    text = _FORMULA.sub(_said, text) if "$" in text else text
    return _ENTITY.sub(lambda match: html.unescape(match.group()), text) if "&" in text else text


class _Table(HTMLParser):
    """Collects the cells of one table, row by row."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append("")
            self._open = True
        elif tag in ("br", "p", "li", "div"):
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.rows[-1][-1] += data


def _rows(table: str) -> str:
    parser = _Table()
    parser.feed(table)
    parser.close()
    rows = ([" ".join(cell.split()) for cell in row] for row in parser.rows)
    return "\n" + "\n".join(join_cells(row) for row in rows if any(row)) + "\n"


def _said(formula: re.Match[str]) -> str:
    r"""Return what "$\mathrm { H } \hat { \mathrm { e } }$" says, "Hê"; a formula that is one as it stands."""
    if "\\" not in formula[1] and "{" not in formula[1]:
        return formula.group()
    said = _POWER.sub(lambda power: "²" if power[1] == "2" else "³", formula[1])
    if "^" in said:
        return formula.group()
    said = _ACCENTED.sub(lambda match: match[2] + _ACCENTS[match[1]], said)
    for sign, meaning in _SIGNS.items():
        said = re.sub(re.escape(sign) + r"(?![a-z])", meaning, said)
    said = " ".join(_SETTING.sub(" ", said).split())
    if "\\" in said:
        return formula.group()
    return _PARTED.sub(lambda letters: letters.group().replace(" ", ""), unicodedata.normalize("NFC", said))
