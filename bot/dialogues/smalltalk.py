"""What is said to the assistant itself: greetings, thanks, "bạn làm được gì?", scolding, a thumb. Pure.

Only a line that is nothing but small talk is: whatever also names something is asked of the documents.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.asking import VIETNAM
from bot.dialogues import ask, greeting
from bot.dialogues.state import Context, State, Step
from bot.domain.messages import Reply
from bot.domain.people import Action
from knowledge.text import fold, normalise

_LONGEST = 80  # characters of a line that is small talk
# Who is spoken to and how politely says nothing about what is meant.
_POLITE = (
    r"(?:da|a|oi|nhe|nha|nhi|ne|nghe|voi|day|do|di|thoi|luon|roi|lam|qua|that|ha|vay|the|em|anh|chi|ban|co|chu|bac)"
)
_YOU = r"(?:ban|em|tro ly|bot|may|chatbot|ad|anh|chi|he thong)"
_DAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_ENGLISH = frozenset("what is are for how when who where which why you your my please does should of it this".split())

_TOPICS: dict[str, re.Pattern[str]] = {
    name: re.compile(rf"(?:{_POLITE} )*(?:{pattern})(?: (?:{_POLITE}|{_YOU}|toi|minh))*")
    for name, pattern in {
        "greeting": r"(?:xin |kinh )?chao(?: buoi (?:sang|trua|chieu|toi)| moi nguoi| ca nha| tro ly)*|"
        r"hello|hi|hey|alo|good (?:morning|afternoon)|start",
        "thanks": r"(?:xin |rat |chan thanh )?(?:cam on|cam on nhieu|cam on (?:ban|em|tro ly) (?:rat )?nhieu|thanks?|"
        r"thank you|tks|thks|tuyet voi|tot|hay|gioi|chuan|chinh xac|dung)",
        "agreed": r"ok|oke|okay|okie|okla|vang|u|uh|um|uk|yes|duoc|hieu|biet|xong|ro|test|thu|khong|ko|"
        r"khong can|khong co gi|da hieu|da ro|toi hieu|toi biet",
        "bye": r"tam biet|bye(?: bye)?|chuc ngu ngon|hen gap lai|chuc (?:mot )?ngay (?:tot lanh|vui)|goodbye",
        "about": rf"(?:cho (?:toi|minh|chi|anh) )?(?:hoi )?{_YOU} (?:la )?(?:ai|cai gi|gi)|ai (?:la nguoi )?(?:da )?"
        rf"(?:tao|lam|viet|lap trinh|sinh|che)(?: ra)? {_YOU}|{_YOU} (?:do|duoc) ai (?:tao|lam|viet|lap trinh)(?: ra)?|"
        rf"{_YOU} ten (?:la )?(?:gi|ai)|{_YOU} (?:co phai|phai) (?:la )?(?:ai|nguoi|nguoi that|robot|bot|may|chatgpt|"
        rf"tri tue nhan tao)(?: khong)?|{_YOU} la (?:ai|nguoi|may|robot|bot) (?:hay|ha|a).{{0,20}}",
        "abilities": rf"{_YOU} (?:co the |co )?(?:lam|giup|biet|tra loi)(?: duoc| lam)?(?: (?:toi|minh|chi|anh))?"
        rf"(?: duoc)? (?:nhung )?(?:gi|viec gi|cai gi|nhung gi)(?: cho (?:toi|minh|chi|anh))?|"
        r"(?:hay |lam on )?(?:giup|giup do|ho tro)(?: (?:toi|minh|chi|anh|em))?(?: mot (?:chut|viec))?|"
        r"(?:xem |cho xem )?(?:huong dan(?: (?:su dung|dung|cach dung|toi))?|tro giup|cach (?:su )?dung)|menu|help|"
        r"(?:dung|su dung|hoi)(?: (?:ban|bot|tro ly|em))? (?:the nao|nhu the nao|sao|lam sao)|"
        r"lam sao (?:de )?(?:dung|hoi)|"
        rf"{_YOU} (?:co )?hieu (?:tieng viet )?(?:khong dau|viet tat)(?: khong)?|what can you do|"
        r"(?:hello |hi )?what can you do|(?:toi )?(?:khong|chua|k|ko) biet (?:cach )?(?:dung|hoi|lam)(?: gi| the nao)?"
        r"(?: (?:tiep|bay gio|nua|ca))*",
        "wrong": r"(?:tra loi |cau tra loi |noi )?(?:sai|khong dung|chua dung|khong phai|nham|linh tinh|vo van|do|ngu)|"
        r"(?:do |thang |con |sao )?(?:ngu|dien|khung|ngoc|vo dung|chan|te|do te|vo tich su)(?: (?:the|vay|ngoc))?|"
        rf"{_YOU} (?:tra loi |noi )?(?:nhu (?:cut|c|shit)|ngu|do|te|sai|chan|vo dung|linh tinh|khong dung)|"
        r"dm|dmm|vcl|vl|clgt|dit me|me kiep|cut|khong (?:giup ich|lien quan|hieu gi)(?: gi)?",
        "password": r"(?:toi |em |minh )?(?:bi )?(?:quen|mat|doi|lay lai) (?:mat khau|password|pass)",
        "people": r"(?:(?:cho |toi |em |minh |muon |can |xin )*)(?:gap|lien he|noi chuyen voi|lien lac)(?: voi)? "
        r"(?:nguoi (?:phu trach|quan tri|that)|admin|van phong(?: so)?|can bo(?: phu trach)?)",
        "aside": r"(?:du bao )?thoi tiet(?: (?:hom nay|ngay mai|the nao|ra sao))*|"
        r"ke (?:cho (?:toi|minh) )?chuyen(?: cuoi)?|gia vang(?: hom nay)?|xo so(?: hom nay)?|(?:lam|doc) tho",
        "idle": r"huy|huy bo|thoi|quay lai|de sau|dung lai|bo qua|thoat|tiep tuc|lam lai|\d{1,2}",
        "clock": r"(?:bay gio |hien tai )?(?:la )?may gio|(?:hom nay|bay gio)(?: la)? (?:ngay (?:may|bao nhieu|gi)|"
        r"thu may)(?: thang may)?|hom nay (?:thu may ngay may|ngay nao)",
    }.items()
}


def topic(typed: str) -> str:
    """Return what kind of small talk a line is, "" when it is none."""
    line = fold(normalise(typed))
    words = " ".join(re.findall(r"[a-z0-9]+", line))
    if not words:
        return "signs" if typed.strip() else ""
    if len(words) > _LONGEST:
        return "english" if _is_english(typed, words) else ""
    named = next((name for name, pattern in _TOPICS.items() if pattern.fullmatch(words)), "")
    return named or ("english" if _is_english(typed, words) else "")


def beside_a_report(typed: str) -> bool:
    """Tell whether a line is small talk even where any text may be an answer: "tốt" is one, "cảm ơn" is none."""
    kind = topic(typed)
    return kind in ("greeting", "about", "abilities", "bye") or (kind == "thanks" and "cam on" in fold(typed))


def answer(state: State, typed: str, context: Context) -> Step | None:
    """Answer small talk shortly; None where the line is none, or for a stranger, who is told how to get a code."""
    kind = topic(typed)
    if kind == "greeting":
        return greeting.hello(state, "", context)
    if not context.may(Action.ASK):
        return None
    if kind == "wrong":
        return _sorry(state, context)
    if kind in ("agreed", "signs") and state.owner == state.holder and state.choices:
        return Step(state, (Reply("Anh/chị chọn một trong những mục sau, hoặc gõ số của mục.", state.choices),))
    says = _now(context) if kind == "clock" else _SAID.get(kind)
    return Step(state, (Reply(says),)) if says else None


def _is_english(typed: str, words: str) -> bool:
    return typed.isascii() and sum(word in _ENGLISH for word in words.split()) >= 2


def _now(context: Context) -> str:
    local = context.now.astimezone(VIETNAM)
    return f"Bây giờ là {local:%H:%M}, {_DAYS[local.weekday()]}, ngày {local:%d/%m/%Y}."


def _sorry(state: State, context: Context) -> Step:
    """Take a complaint about the last answer: another try, or somebody who knows."""
    says = (
        "Xin lỗi anh/chị vì chưa giúp được. Anh/chị hỏi lại, nêu rõ tên hoặc số văn bản giúp tôi; "
        "hoặc gửi câu hỏi để người phụ trách trả lời."
    )
    if not state.previous or state.card is None or not context.private or not context.may(Action.ASK):
        return Step(state, (Reply(says.split(";")[0] + "."),))
    return Step(replace(state, owner="ask", choices=(ask.SEND,)), (Reply(says, (ask.SEND,)),))


_SAID = {
    "thanks": "Rất vui được giúp anh/chị. Cần gì thêm, anh/chị cứ nhắn.",
    "agreed": "Vâng. Cần gì thêm, anh/chị cứ gõ câu hỏi; /giup để xem các lệnh.",
    "signs": "Anh/chị cần gì thì gõ câu hỏi giúp tôi; /giup để xem các lệnh.",
    "bye": "Tạm biệt anh/chị. Khi cần, anh/chị cứ nhắn.",
    "about": (
        "Tôi là Trợ lý TĐKT, một chương trình máy tính của cơ quan, không phải người. Tôi trả lời từ các văn bản của "
        "cơ quan, thu báo cáo của các đơn vị và nhắc hạn. Gõ /giup để xem các lệnh."
    ),
    "abilities": (
        "Tôi giúp anh/chị:\n"
        "• tìm câu trả lời trong các văn bản của cơ quan, kèm nơi trích; gõ có dấu hay không dấu đều được\n"
        "• làm và nộp báo cáo của đơn vị, xem hạn, nhận lời nhắc\n"
        "Anh/chị gõ câu hỏi, ví dụ “hạn nộp báo cáo là khi nào?”, hoặc gõ /giup để xem các lệnh."
    ),
    "password": (
        "Tôi không dùng mật khẩu. Nếu đổi điện thoại hay tài khoản, anh/chị gõ /themtaikhoan trên tài khoản cũ, "
        "hoặc xin Văn phòng mã liên kết mới."
    ),
    "people": (
        "Anh/chị gõ câu hỏi vào đây. Văn bản không có câu trả lời thì dưới câu trả lời có “Gửi câu hỏi cho người phụ "
        "trách”; Văn phòng trả lời, tôi báo anh/chị ngay."
    ),
    "aside": "Việc này tôi không làm được: tôi chỉ trả lời từ các văn bản của cơ quan, thu báo cáo và nhắc hạn.",
    "idle": "Hiện không có việc gì đang dở. Anh/chị gõ câu hỏi, hoặc /giup để xem các lệnh.",
    "english": (
        "Tôi chỉ hiểu tiếng Việt; các văn bản cũng bằng tiếng Việt. Anh/chị hỏi lại bằng tiếng Việt giúp. "
        "(Please ask in Vietnamese.)"
    ),
}
