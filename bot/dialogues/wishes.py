"""What somebody who knows no commands writes instead of one: "toi muon mo dot bao cao", "thêm phòng Tổ chức". Pure.

Knows phrases and the names of the commands they mean, not what these do: `bot.dialogues.router` does. A line that asks
something is left to the documents: "mở đợt báo cáo khi nào?".
"""

from __future__ import annotations

import re

from bot.dialogues.report.questions import must_be_question
from knowledge.text import fold, normalise

_LONGEST = 150  # characters: what is longer tells a story
_MINE = r"(?:toi|em|minh|chi|anh|don vi(?: toi| minh| em)?|phong(?: toi| minh| em))"
_WISHING = re.compile(
    rf"^(?:(?:{_MINE}|bay gio|gio|ban|a|oi|da) )*"
    rf"(?:(?:muon|can|xin|hay|phai|giup|lam on|vui long|cho|de|nho)(?: {_MINE})? )*"
)
_ENDING = re.compile(
    r"(?: (?:di|nhe|nha|voi|a|oi|em|ban|anh|chi|giup|giup (?:toi|em|minh|chi|anh)|cai|ngay|luon|duoc khong|duoc ko))+$"
)
_A = r"(?:mot |1 |cac |nhung |them |moi )*"
_UNIT_KIND = r"(?:phong|ban|van phong|trung tam|chi cuc|thanh tra|truong|doi)"

# The first that fits the whole line; "…" after a phrase: whatever follows, given to the command where it is in _TAIL.
_PHRASES: tuple[tuple[str, str], ...] = (
    ("themtaikhoan", r"(?:them|lien ket|dung) (?:tai khoan|zalo|telegram|dien thoai|may)(?: khac| moi)?"),
    ("huylienket", r"(?:huy|bo|thoat|ngung) lien ket(?: tai khoan| nay)*"),
    ("xoadulieu", rf"xoa (?:het |moi |toan bo )?(?:du lieu|thong tin)(?: ca nhan)?(?: (?:cua|ve))?(?: {_MINE})?"),
    ("dulieu", rf"(?:ban |bot |tro ly )?(?:dang )?(?:luu|giu|biet)(?: nhung)?(?: du lieu| thong tin)? gi ve {_MINE}"),
    ("dulieu", rf"(?:xem )?(?:du lieu|thong tin)(?: ca nhan)? cua {_MINE}"),
    ("donvi", rf"{_A}(?:danh sach |xem |sua |doi ten |sap nhap |gop )+{_A}(?:don vi|phong ban)"),
    ("donvi", rf"(?:them|tao) {_A}(?:don vi|phong ban)"),
    ("donvi…", rf"(?:them|tao) (?:don vi )?{_UNIT_KIND} .+"),
    ("ma…", r"(?:cap|tao|phat) (?:lai )?(?:mot |1 )?ma(?: lien ket)?(?: moi)?(?: cho)? .+"),
    ("ma", r"(?:cap|tao|phat|lay|xin) (?:lai )?(?:mot |1 )?ma(?: lien ket)?(?: moi)?"),
    ("ma", rf"them {_A}(?:nguoi|can bo|nhan vien|thanh vien|nguoi dung)(?: moi)?"),
    ("nguoi", rf"(?:danh sach |xem |sua |doi vai tro |ngung quyen )+(?:cua )?{_A}(?:can bo|nguoi|nhan vien)"),
    ("nguoi…", r"(?:doi vai tro|doi don vi|ngung quyen|khoa tai khoan|khoi phuc quyen)(?: cua)? .+"),
    ("modot", rf"(?:mo|tao|lap) {_A}dot(?: bao cao| thu bao cao)?(?: moi)?"),
    ("dotbaocao", rf"(?:danh sach |xem |theo doi )?{_A}dot bao cao"),
    ("dotbaocao", r"(?:nhung |cac )?(?:ai|don vi nao|phong nao)(?: con)? (?:da|chua) (?:nop|gui|bao cao)(?: bao cao)?"),
    ("dotbaocao", r"(?:xem )?(?:tinh hinh|tien do) (?:nop )?bao cao|xuat (?:bao cao )?(?:tong hop|excel|word)"),
    ("dotbaocao", rf"nhac(?: nho)? {_A}don vi(?: (?:con )?chua nop)?(?: bao cao)?"),
    ("taobieumau", rf"(?:tao|lap|lam|soan) {_A}(?:bieu mau|mau bao cao|mau)(?: bao cao)?(?: tu ke hoach)?"),
    ("bieumau", rf"(?:danh sach |xem )?{_A}bieu mau(?: bao cao)?"),
    (
        "duyet",
        rf"duyet(?: {_A}bao cao)?|doc {_A}bao cao|bao cao (?:cho duyet|da nop)|"
        r"co bao cao nao (?:moi|cho duyet)(?: khong)?",
    ),
    ("nhiemvu", rf"(?:xac nhan|xem|danh sach) {_A}nhiem vu(?: co han| cho xac nhan)?|nhiem vu cho xac nhan"),
    ("thongbao", rf"(?:gui|soan|viet|tao) {_A}thong bao(?: (?:cho|toi|den) .+)?"),
    ("cauhoi", rf"(?:xem |tra loi ){_A}cau hoi(?: cua can bo| cho tra loi| chua tra loi)?"),
    ("congbo", rf"cong bo(?: {_A}(?:van ban|tai lieu|tep|file))?"),
    ("lapchimuc", r"(?:xem )?tien do (?:doc|cong bo|nap)(?: van ban)?"),
    (
        "vanban",
        rf"(?:danh sach |xem |liet ke |go |xoa |sua |thu hoi )+{_A}van ban|(?:dang )?co (?:nhung )?van ban (?:nao|gi)",
    ),
    ("vanban…", rf"(?:xem|go|xoa|thu hoi) {_A}van ban (?:so )?\S*\d\S*"),
    ("quantri", r"(?:mo |vao )?(?:trang )?quan tri|dang nhap(?: trang quan tri)?"),
    ("baocao", rf"(?:lam|nop|viet|gui|bat dau|tiep tuc)(?: lam)? {_A}bao cao"),
    ("xinsua", r"(?:xin )?(?:sua|rut) (?:lai )?bao cao(?: da nop)?"),
    (
        "dabaocao",
        rf"(?:xem )?{_A}bao cao (?:da nop )?cua {_MINE}|bao cao (?:cua {_MINE} )?(?:da )?duoc (?:nhan|duyet) chua",
    ),
    (
        "han",
        rf"(?:xem )?{_A}han (?:nop |bao cao )*(?:cua )?{_MINE}|"
        rf"(?:{_MINE} )?(?:phai |can )?nop (?:nhung )?(?:gi|bao cao gi|bao cao nao)",
    ),
    (
        "homnay",
        rf"(?:viec )?hom nay(?: {_MINE})?(?: co| phai| can)?(?: lam)?(?: nhung)? (?:viec )?gi|"
        r"lam (?:nhung )?gi hom nay",
    ),
    ("dadoc", r"da (?:doc|xem)(?: (?:xong )?thong bao)?"),
    ("tatnhac", r"(?:tat|dung|ngung)(?: gui)? (?:loi )?nhac(?: viec| han| nho)?|dung nhac(?: toi)?(?: nua)?"),
    ("batnhac", r"bat(?: lai)? (?:loi )?nhac(?: viec| han| nho)?"),
    ("nhacnho", r"(?:doi|chinh|dat|sua) (?:gio|lich) nhac(?: viec| han| nho)?"),
    ("moi", r"(?:sang |doi |hoi )?(?:chu de|chuyen|viec|cau) (?:moi|khac)"),
)
_KNOWN = tuple((name, re.compile(pattern)) for name, pattern in _PHRASES)


def command_meant(typed: str) -> tuple[str, str] | None:
    """Return the name of the command that `typed` means and what is given to it; None where it means none."""
    text = " ".join(normalise(typed).split())
    folded = _ENDING.sub("", " ".join(re.sub(r"[^\w ]+", " ", fold(text)).split()))
    if not folded or len(folded) > _LONGEST:
        return None
    bare = _WISHING.sub("", folded)
    for line in dict.fromkeys((folded, bare)):
        for name, pattern in _KNOWN:
            if pattern.fullmatch(line):
                return _with_tail(name, text)
    return None


def _with_tail(name: str, text: str) -> tuple[str, str] | None:
    """Give the command what was named along, in the writer's own letters; a question names nothing."""
    if not name.endswith("…"):
        return name, ""
    if must_be_question(text):
        return None
    words = text.split()
    folded = [fold(word).strip(":,.-") for word in words]
    if name == "donvi…":
        start = next(at for at, word in enumerate(folded) if word in ("them", "tao")) + 1
        start += 2 if folded[start : start + 2] == ["don", "vi"] else 0
        return "donvi", "thêm: " + " ".join(words[start:])
    if name in ("nguoi…", "vanban…"):
        return name[:-1], words[-1] if name == "vanban…" else text
    start = folded.index("ma") + 1
    while start < len(words) and folded[start] in ("lien", "ket", "moi", "cho"):
        start += 1
    return "ma", " ".join(words[start:])
