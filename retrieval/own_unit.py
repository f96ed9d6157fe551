"""The asker's own unit in a question: "đơn vị tôi phải làm gì?", "chúng tôi có nhiệm vụ gì?".

Only where nothing but the unit's duties is asked: "chúng tôi phải làm gì để được khen thưởng" is about the award.
"""

from __future__ import annotations

from knowledge.text import fold, syllables

from .pattern import compiled

_ME = "tôi|mình|em|ta|chúng tôi|chúng ta|chúng em|chúng mình|bọn em"
_BODY = "đơn vị|cơ quan|phòng|ban|sở|bộ phận|trung tâm|trường|xã|phường|chi cục|văn phòng|tổ|bên|chỗ"
_OWN = rf"(?:(?:{_BODY})(?: của)? (?:{_ME})|chúng tôi|chúng ta|chúng em|chúng mình)"
_DUTY = "nhiệm vụ|trách nhiệm|công việc|phần việc|việc"
_WHAT = "gì|nào|những gì|những việc gì|ra sao|thế nào"
_ASKED = compiled(
    rf"(?:vậy |thế |thì |hiện |cho hỏi )*(?:{_OWN} (?:thì )?(?:(?:phải|cần|nên|sẽ|đang)?(?: \w+)? ?"
    rf"(?:làm|thực hiện|có|được giao|chịu|lo)(?: những| các| cụ thể)?(?: (?:{_DUTY}))?(?: là)?(?: (?:{_WHAT}))"
    r"|có việc gì)"
    rf"|(?:{_DUTY})(?: của)? {_OWN}(?: là)?(?: (?:{_WHAT}))?)",
    needs="tôi|mình|em|ta",
)
_WHERE = compiled(r"(?:trong|theo|tại|ở|năm|quý|tháng|từ|vậy|ạ|nhỉ|thế|hả) ?.*")

NAME_IT = "Anh/chị vui lòng nêu tên đơn vị trong câu hỏi, ví dụ “Văn phòng Sở phải làm gì?”, để tra đúng nhiệm vụ."


def none_for(unit: str) -> str:
    """Return that no document gives the unit anything to do."""
    return f"Không tìm thấy: các văn bản hiện có không giao nhiệm vụ nào ghi rõ tên “{unit}”."


def asks_own_duties(text: str) -> bool:
    """Tell whether `text` asks what the asker's own unit has to do, and nothing else."""
    return _rest(text) is not None


def naming(text: str, unit: str) -> str:
    """Return the question of `text` with the unit's name in it, where it asks so; else `text` as it is."""
    rest = _rest(text)
    return text if rest is None else f"{unit} phải làm gì {rest}".strip() + "?"


def _rest(text: str) -> str | None:
    """Return what follows the asking ("trong kế hoạch 245"), "" for nothing; None where something else is asked."""
    words = " ".join(syllables(text))
    match = _ASKED.match(words)
    if match is None:
        return None
    rest = words[match.end() :].strip()
    if rest and (not _WHERE.fullmatch(rest) or fold(rest).startswith("truong hop")):
        return None
    return rest
