"""Whether a line typed in mid-report is an answer, or a question about the documents.

Where an answer is a number, a day or a choice, whatever reads like a question is one. Where it is free text, only a
clear question is: clerks write "Vì sao chưa đạt: …" as an answer.
"""

from __future__ import annotations

import re

from knowledge.text import fold, normalise

# Words that make a question wherever they stand.
_ASKING = re.compile(
    r"\b(?:la gi|nhung gi|cai gi|lam gi|gi vay|gi the|khi nao|luc nao|ngay nao|the nao|nhu nao|nao|bao gio|bao nhieu|"
    r"bao lau|o dau|den dau|tai sao|vi sao|sao lai|lam sao|ai ky|la ai|gui ai|gui cho ai|may ngay|thu may|"
    r"phai khong|duoc khong|co duoc|co can|co phai|chua hieu|nghia la)\b"
)
# "chưa có sáng kiến nào", "không có gì": "nào" and "gì" that deny.
_DENYING = re.compile(r"\b(?:khong|chua|chang)\b.*\b(?:nao|gi)\b")
_FORM = re.compile(
    r"\b(?:gi|nao|sao|ai|dau|may|bao (?:gio|nhieu|lau)|(?:khong|chua|ha|a|nhi|vay|the))\s*(?:a|vay|the)?$"
)
LONGEST = 300  # characters; what is longer is being told, not asked


def reads_like_question(typed: str) -> bool:
    """Tell whether `typed`, which should be a number, a day or a choice, asks something instead."""
    text = _plain(typed)
    if len(text) > LONGEST or not re.search(r"[a-z]{2}", text):
        return False
    asks = _ASKING.search(text) is not None and _DENYING.search(text) is None
    return asks or (text.endswith("?") and len(re.findall(r"[a-z]+", text)) >= 2)


def must_be_question(typed: str) -> bool:
    """Tell whether `typed` asks something although a number can be read in it: "tiêu chí 3 là gì?"."""
    text = _plain(typed)
    return len(text) <= LONGEST and _ASKING.search(text) is not None and _DENYING.search(text) is None


def clearly_asks(typed: str) -> bool:
    """Tell whether `typed`, which may be free text, is a question in form and mark."""
    text = _plain(typed)
    if len(text) > LONGEST or "\n" in typed.strip() or not text.endswith("?"):
        return False
    body = text.rstrip("? ")
    return _ASKING.search(body) is not None or _FORM.search(body) is not None


def _plain(typed: str) -> str:
    return " ".join(fold(normalise(typed)).split())
