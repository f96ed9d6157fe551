"""Times given under a label: "Thời gian thực hiện: …", "Thời hạn gửi báo cáo: …", "Hoàn thành: quý III/2025".

Knows the words of a line; knows nothing of sections.
"""

from __future__ import annotations

import re

from knowledge.document import ObligationKind

# The label, up to its colon or the end of a heading.
_LABEL = re.compile(
    r"(?P<head>(?:về )?(?:thời gian|thời hạn|thời điểm|thời hiệu|hạn|tiến độ|lộ trình|lịch|kỳ hạn"
    r"|mốc thời gian|hoàn thành(?=\s*:)))"
    r"(?P<rest>[^:;.\n|]{0,90})",
    re.IGNORECASE,
)
_KINDS: tuple[tuple[ObligationKind | None, re.Pattern[str]], ...] = (
    (
        None,
        re.compile(
            r"chốt|số liệu|giải quyết|xử lý hồ sơ|thẩm định|họp|làm việc|hiệu lực|nghỉ|công tác|bảo quản|lưu",
            re.IGNORECASE,
        ),
    ),
    (ObligationKind.REPORT, re.compile(r"báo cáo", re.IGNORECASE)),
    (ObligationKind.SUBMIT, re.compile(r"nộp|gửi|nhận|đăng ký|trình|hồ sơ|đề nghị|đề xuất", re.IGNORECASE)),
    (
        ObligationKind.FINISH,
        re.compile(
            r"hoàn thành|tổ chức|tổng kết|sơ kết|kiểm tra|bình xét|xét|khai mạc|trao|tiến hành|ban hành", re.IGNORECASE
        ),
    ),
    (ObligationKind.PERIOD, re.compile(r"thực hiện|phát động|thi đua|triển khai|áp dụng|$", re.IGNORECASE)),
)
_OWNER = re.compile(
    r"(?:đơn vị|cơ quan|bộ phận|cá nhân|người|phòng)?\s*(?:chủ trì|thực hiện|phụ trách|đầu mối|tham mưu"
    r"|chịu trách nhiệm)(?:\s+(?:thực hiện|tham mưu|chính))?\s*:\s*",
    re.IGNORECASE,
)


def label_kind(line: str) -> ObligationKind | None:
    """Return which duty the label at the beginning of `line` gives a time for, or None where it is no such label."""
    match = _LABEL.match(line)
    if match is None:
        return None
    if match["head"].lower() == "hoàn thành":
        return ObligationKind.FINISH
    rest = match["rest"]
    return next((kind for kind, words in _KINDS if words.search(rest)), None)


def label_end(line: str) -> int:
    """Return where the label of `line` ends: after its colon, else after its words."""
    match = _LABEL.match(line)
    if match is None:
        return 0
    return match.end() + 1 if line[match.end() : match.end() + 1] == ":" else match.end()


def owner(line: str) -> str | None:
    """Return who is named in "Đơn vị chủ trì: …", or None."""
    match = _OWNER.search(line)
    if match is None:
        return None
    rest = re.split(r"[;.\n]|\s-\s", line[match.end() :], maxsplit=1)[0].strip(" *_,")
    return rest or None
