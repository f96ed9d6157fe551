"""Times given under a label: "Thời gian thực hiện: …", "Thời hạn gửi báo cáo: …", "Hoàn thành: quý III/2025".

Knows the words of a line; knows nothing of sections.
"""

from __future__ import annotations

import re

from knowledge.document import ObligationKind

# The label, up to its colon or the end of a heading.
_LABEL = re.compile(
    r"(?P<head>(?:về )?(?:thời gian|thời hạn|thời điểm|thời hiệu|hạn(?! chế| hán| mức)|tiến độ|lộ trình|lịch|kỳ hạn"
    r"|mốc thời gian|hoàn thành))"
    r"(?P<rest>[^:;.\n|]{0,90})",
    re.IGNORECASE,
)
_KINDS: tuple[tuple[ObligationKind | None, re.Pattern[str]], ...] = (
    (
        None,
        re.compile(
            r"chốt|số liệu|giải quyết|xử lý|thẩm định|họp|làm việc|hiệu lực|nghỉ|công tác|bảo quản|lưu",
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
_SHORT = 4  # words after "thời hạn" in a label without a colon
_ROLE = r"(?:chủ trì|thực hiện|phụ trách|đầu mối|tham mưu|chịu trách nhiệm)(?:\s+(?:thực hiện|tham mưu|chính))?"
_OWNER = re.compile(
    rf"(?:(?:đơn vị|cơ quan|bộ phận|cá nhân|người|phòng)\s+{_ROLE}"
    r"|(?:^|[-;.(]\s*)(?:chủ trì|phụ trách|đầu mối))\s*:\s*",
    re.IGNORECASE,
)


def label_kind(head: str, *, marked: bool = True) -> ObligationKind | None:
    """Return which duty a label gives the time for, or None where `head`, the words before a time, are no label.

    `marked`: a colon follows, or it is a heading. Without one only few words make a label ("Thời hạn nộp hồ sơ trước
    ngày …"), and "hoàn thành" is a verb.
    """
    match = _LABEL.fullmatch(head.strip(" :*_–-"))
    if match is None or not (marked or len(match["rest"].split()) <= _SHORT):
        return None
    if match["head"].lower() == "hoàn thành":
        return ObligationKind.FINISH if marked else None
    kind = next((kind for kind, words in _KINDS if words.search(match["rest"])), None)
    lasts = "thời" in match["head"].lower()  # "Tiến độ", "Lịch" are of a task, never of the plan
    return kind if lasts or kind is not ObligationKind.PERIOD else ObligationKind.FINISH


def owner(line: str) -> str | None:
    """Return who is named in "Đơn vị chủ trì: …", or None."""
    match = _OWNER.search(line)
    if match is None:
        return None
    rest = re.split(r"[;.\n]|\s-\s", line[match.end() :], maxsplit=1)[0].strip(" *_,")
    return rest or None


def is_bare(head: str) -> bool:
    """Tell whether a label says no more than "Thời gian": of what, only its place tells."""
    match = _LABEL.fullmatch(head)
    return match is not None and not match["rest"].strip()


def label_name(head: str, kind: ObligationKind) -> str:
    """Return the duty a label names: "gửi báo cáo" of "Thời hạn gửi báo cáo"; a period keeps its whole name."""
    match = _LABEL.fullmatch(head)
    if match is None or kind not in (ObligationKind.REPORT, ObligationKind.SUBMIT):
        return head
    return match["rest"].strip() or head
