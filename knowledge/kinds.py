"""The kinds of documents and the codes that stand for them in symbols: facts, no logic beyond looking them up.

Sources: Phụ lục III of Nghị định 30/2020/NĐ-CP (administrative documents), Luật Ban hành văn bản quy phạm pháp luật
(normative ones), Hướng dẫn 36-HD/VPTW (the Party's own).
"""

from __future__ import annotations

import re

# Code as it stands in a symbol → name as it stands in a title, lower case.
KINDS: dict[str, str] = {
    # Phụ lục III
    "NQ": "nghị quyết",
    "QĐ": "quyết định",
    "CT": "chỉ thị",
    "QC": "quy chế",
    "QyĐ": "quy định",
    "TC": "thông cáo",
    "TB": "thông báo",
    "HD": "hướng dẫn",
    "CTr": "chương trình",
    "KH": "kế hoạch",
    "PA": "phương án",
    "ĐA": "đề án",
    "DA": "dự án",
    "BC": "báo cáo",
    "BB": "biên bản",
    "TTr": "tờ trình",
    "HĐ": "hợp đồng",
    "CĐ": "công điện",
    "BGN": "bản ghi nhớ",
    "BTT": "bản thỏa thuận",
    "GUQ": "giấy ủy quyền",
    "GM": "giấy mời",
    "GGT": "giấy giới thiệu",
    "GNP": "giấy nghỉ phép",
    "PG": "phiếu gửi",
    "PC": "phiếu chuyển",
    "PB": "phiếu báo",
    "TCg": "thư công",
    # Normative documents
    "NĐ": "nghị định",
    "TT": "thông tư",
    "TTLT": "thông tư liên tịch",
    "NQLT": "nghị quyết liên tịch",
    "PL": "pháp lệnh",
    "L": "lệnh",
    "SL": "sắc lệnh",
    "VBHN": "văn bản hợp nhất",
    # The Party's own
    "CV": "công văn",
    "KL": "kết luận",
    "QyC": "quy chế",
    "QU": "quy ước",
    "ĐL": "điều lệ",
}

# Kinds that carry no code of their own: a law's symbol names the National Assembly, an official letter's its sender.
CODELESS: tuple[str, ...] = (
    "hiến pháp",
    "bộ luật",
    "luật",
    "công văn",
    "điều lệ",
    "đề cương",
    "lời kêu gọi",
    "thư mời",
    "thư",
)

NAMES: frozenset[str] = frozenset(KINDS.values()) | frozenset(CODELESS)

# What a document with rules of its own is called that no code stands for; people name it by that.
CALLED: frozenset[str] = frozenset(("thể lệ", "nội quy", "hương ước"))

_BY_UPPER = {code.upper(): name for code, name in KINDS.items()}
# "912/KH-SNNMT", "9/2024/QĐ-UBND", "48-KH/ĐU": the code is what follows the number and, if any, the year.
_AFTER_NUMBER = re.compile(
    r"^\W*\d*[a-zA-Z]?(?:\s*/\s*(?:19|20)\d\d)?\s*(?P<mark>[/-])\s*(?P<code>[^\W\d_]+)(?P<rest>.*)$"
)
_NO_KIND = re.compile(r"^(?:QH|UBTVQH|HĐBT|CTN)\d*", re.IGNORECASE)


def kind_of_symbol(symbol: str) -> str | None:
    """Return the kind's name a symbol gives away, or None where it gives none.

    "912/KH-SNNMT" → "kế hoạch", "48-KH/ĐU" → "kế hoạch", "1234/SNV-TĐKT" → "công văn" (a state symbol without
    a code), "06/2022/QH15" → None (a law or a resolution, the symbol does not say). Open drafts ("/KH-SNV") do too.
    """
    match = _AFTER_NUMBER.match(symbol)
    if match is None:
        return None
    code = match["code"]
    name = KINDS.get(code) or _BY_UPPER.get(code.upper())
    if name is not None:
        return name
    if match["mark"] == "-" or _NO_KIND.match(code):
        return None
    return "công văn"
