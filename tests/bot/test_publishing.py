"""Publishing in chat: documents sent, read, decided on, asked about, withdrawn, restored, restricted."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from starlette.testclient import TestClient

from bot.domain.people import Account
from bot.domain.publishing import IntakeState
from bot.store import intakes, people, publications
from bot.store.turns import Turns
from bot.web.app import create_app
from bot.web.seat import COOKIE, fresh_token
from bot.web.security import LOOPBACK
from bot.web.site import Site
from knowledge.db import reading, writing
from knowledge.document import Finding, FindingKind
from tests.bot.chat import Speaker
from tests.bot.publishing import PLAN, QUESTION, SECRET, TOLD, Office
from tests.bot.publishing import made as made
from tests.bot.publishing import office as office  # fixtures


def published(office: Office, text: str = PLAN, name: str = "ke-hoach-88.txt") -> Speaker:
    """Minh publishes one document."""
    minh = office.as_("minh")
    minh.attaches((name, text.encode()))
    return minh.taps("Công bố")


def test_a_sent_document_is_read_shown_and_published_on_a_tap(office: Office) -> None:
    minh, lan = office.as_("minh"), office.as_("lan")
    lan.says(QUESTION)
    assert TOLD not in lan.replies[0].text
    minh.attaches(("ke-hoach-88.txt", PLAN.encode()))
    minh.sees("Đã nhận “ke-hoach-88.txt”", "Kế hoạch 88/KH-SVT", "10/03/2025", "trước ngày 20/11/2025", replies=2)
    lan.says(QUESTION)
    assert TOLD not in lan.replies[0].text  # nothing before the decision
    minh.taps("Công bố").sees("Đang công bố Kế hoạch 88/KH-SVT", "Đã công bố Kế hoạch 88/KH-SVT", replies=2)
    lan.says(QUESTION).sees(TOLD)
    lan.says("/vanban 88/KH-SVT").sees("Kế hoạch 88/KH-SVT")
    kept = list((office.home / "documents").rglob("*.txt"))
    assert [path.read_text() for path in kept] == [PLAN]


def test_a_dropped_document_leaves_nothing_behind(office: Office) -> None:
    minh = office.as_("minh")
    minh.attaches(("ke-hoach-88.txt", PLAN.encode())).taps("Không công bố").sees("không giữ lại tệp")
    assert not [path for path in (office.home / "files").rglob("*") if path.is_file()]
    minh.taps("Công bố").sees("đã bỏ")
    minh.says("/congbo").sees("Không có văn bản nào chờ công bố")


def test_word_files_and_commands_in_place_of_buttons(office: Office) -> None:
    written = docx.Document()
    for line in PLAN.split("\n\n"):
        written.add_paragraph(line)
    content = io.BytesIO()
    written.save(content)
    minh = office.as_("minh")
    minh.attaches(("ke hoach.docx", content.getvalue())).sees("Kế hoạch 88/KH-SVT", replies=2)
    assert "/congbo 1" in minh.replies[1].instead
    minh.says("/congbo 1").sees("Đã công bố Kế hoạch 88/KH-SVT", replies=2)
    office.as_("tuan").says(QUESTION).sees(TOLD)
    minh.says("/congbo 1").sees("đã công bố")


def test_what_cannot_be_read_is_refused_with_the_reason(office: Office) -> None:
    minh = office.as_("minh")
    minh.attaches(("hong.pdf", b"%PDF-1.7 nothing of the sort")).sees("Không nhận 1 tệp", "hong.pdf", replies=2)
    minh.attaches(("phim.mp4", b"\x00\x01")).sees("Loại tệp .mp4 không công bố được")
    minh.attaches(("rong.txt", b"")).sees("0 byte")
    assert not [path for path in (office.home / "files").rglob("*") if path.is_file()]


def test_a_secret_document_is_refused_and_erased(office: Office) -> None:
    minh = office.as_("minh")
    minh.attaches(("mat.txt", SECRET.encode())).sees("độ mật", replies=2)
    kept = [path for path in office.home.rglob("*") if path.is_file() and "Kho sạch".encode() in path.read_bytes()]
    assert kept == []


def test_an_archive_is_unpacked_and_published_in_one_tap(office: Office) -> None:
    texts = {f"van ban/kh-{n}.txt": PLAN.replace("88/KH", f"{n}/KH").encode() for n in (91, 92, 93, 94)}
    minh = office.as_("minh")
    minh.attaches(("tat ca.zip", zipped({**texts, "mat.txt": SECRET.encode(), "__MACOSX/._a": b"x", "b.zip": b"PK"})))
    minh.sees("Đã đọc 4 văn bản", "Kế hoạch 94/KH-SVT", "độ mật", "Tệp nén nằm trong tệp nén", replies=3)
    minh.taps("Công bố cả 4").sees("Đã công bố Kế hoạch 91/KH-SVT", replies=2)
    office.as_("lan").says("/vanban 93/KH-SVT").sees("Kế hoạch 93/KH-SVT")


def test_bombs_are_not_opened(office: Office) -> None:
    minh = office.as_("minh")
    minh.attaches(("bom.zip", zipped({"a.txt": b"0" * (20 << 20)}))).sees("bung ra quá lớn", replies=2)
    minh.attaches(("nhieu.zip", zipped({f"{n}.txt": b"x" for n in range(501)}))).sees("quá 500 tệp", replies=2)
    minh.attaches(("hong.zip", b"PK\x03\x04garbage")).sees("bị hỏng", replies=2)
    path = zipped({"../../../etc/hosts.txt": PLAN.encode()})
    minh.attaches(("lach.zip", path)).sees("Tệp hosts.txt", replies=2)


def test_a_new_version_says_what_changed_and_takes_the_place_of_the_old_one(office: Office) -> None:
    minh = published(office)
    newer = PLAN.replace("hai lần", "ba lần").replace(
        "GIÁM ĐỐC", "2. Phòng Lưu trữ báo cáo quý về Sở trước ngày 15/6/2025.\n\nGIÁM ĐỐC"
    )
    minh.attaches(("ban-moi.txt", newer.encode()))
    minh.sees("Thay bản đang có của Kế hoạch 88/KH-SVT", "mục sửa", "nhiệm vụ mới", replies=2)
    minh.taps("Công bố")
    office.as_("lan").says(QUESTION).sees("ít nhất ba lần trong năm")
    minh.attaches(("ban-moi-2.txt", newer.encode())).sees("không cần công bố lại", replies=2)


def test_withdrawn_documents_are_gone_at_once_and_come_back(office: Office) -> None:
    minh, lan = published(office), office.as_("lan")
    minh.says("/vanban 88/KH-SVT").taps("Gỡ").sees("Gỡ Kế hoạch 88/KH-SVT?")
    minh.taps("Gỡ văn bản này").sees("Đã gỡ Kế hoạch 88/KH-SVT khỏi kho", replies=2)
    lan.says(QUESTION)
    assert TOLD not in lan.replies[0].text
    lan.says("/timkiem 88/KH-SVT")
    assert "Kho sạch" not in lan.replies[0].text
    minh.says("/vanban")
    while not any("đã gỡ" in one.label for one in minh.choices):
        minh.taps("Xem thêm")
    minh.taps("đã gỡ").taps("Khôi phục").sees("Đã khôi phục Kế hoạch 88/KH-SVT", replies=2)
    lan.says(QUESTION).sees(TOLD)


def test_a_restricted_document_is_unknown_to_other_units(office: Office) -> None:
    minh, lan, tuan = published(office), office.as_("lan"), office.as_("tuan")
    minh.says("/vanban 88/KH-SVT").taps("Giới hạn đơn vị").taps("Kế hoạch – Tài chính")
    minh.sees("Đã chọn: Phòng Kế hoạch – Tài chính").taps("Xong").sees("người khác không biết")
    tuan.says(QUESTION).sees(TOLD)
    minh.says(QUESTION).sees(TOLD)
    for said in (QUESTION, "/vanban 88/KH-SVT", "/timkiem Kho sạch, hồ sơ đủ", "Kế hoạch 88/KH-SVT nói gì?"):
        lan.says(said)
        shown = " ".join(reply.text + str(reply.choices) for reply in lan.replies)
        assert "Kho sạch" not in shown and TOLD not in shown, said
        for label in ("gần nhất", "Xem thêm", "Ở văn bản khác"):
            if any(label in one.label for one in lan.choices):
                lan.taps(label)
                assert "Kho sạch" not in " ".join(reply.text for reply in lan.replies)
    group = office.as_("tuan", "nhom-chung", private=False).says(QUESTION)
    assert TOLD not in group.replies[0].text  # others read along


def test_replaced_and_expired_documents_answer_with_a_note(office: Office) -> None:
    minh, lan = published(office), office.as_("lan")
    minh.says("/vanban 88/KH-SVT").taps("Đánh dấu bị thay thế")
    minh.says("Kế hoạch 99/KH-SVT").sees("đã bị thay thế bằng Kế hoạch 99/KH-SVT")
    lan.says(QUESTION).sees(TOLD, "Kế hoạch 88/KH-SVT đã được thay thế bằng Kế hoạch 99/KH-SVT")
    minh.says("/vanban 88/KH-SVT").taps("Còn hiệu lực")
    minh.says("/vanban 88/KH-SVT").taps("Đánh dấu hết hiệu lực")
    lan.says(QUESTION).sees("Kế hoạch 88/KH-SVT đã hết hiệu lực")


def test_an_answer_from_a_doubtful_page_says_so(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (PLAN.index(heading) for heading in ("I. MỤC ĐÍCH", "II. TỔ CHỨC"))
    page = Finding(FindingKind.LOW_CONFIDENCE, "Trang 1: chữ nhận dạng không chắc chắn.", None, None, first, second)
    monkeypatch.setattr("knowledge.analyse.low_confidence", lambda pages: (page,))
    published(office)
    lan = office.as_("lan")
    lan.says(QUESTION).sees(TOLD, "Trang 1: chữ nhận dạng không chắc chắn.")
    lan.says("Kế hoạch 88/KH-SVT báo cáo trước ngày nào?").sees("20/11/2025")
    assert "chắc chắn" not in lan.replies[0].text  # that is on another page


def test_only_admins_publish(office: Office) -> None:
    minh, lan = office.as_("minh"), office.as_("lan")
    minh.attaches(("ke-hoach-88.txt", PLAN.encode()))
    lan.says("/congbo 1").sees("không có quyền")
    lan.attaches(("ke-hoach-88.txt", PLAN.encode()))
    assert len(lan.replies) == 1 and "Đã nhận" not in lan.replies[0].text
    choice = next(one for one in minh.choices if one.label == "Công bố")
    lan.turn, lan.choices = minh.turn, (choice,)
    lan.taps("Công bố").sees("không có quyền")
    with reading(office.engine) as session:
        assert [one.state for one in intakes.undecided(session)] == [IntakeState.READY]
        assert publications.every(session) == ()


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a zip archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in members.items():
            archive.writestr(name, inside)
    return content.getvalue()


def test_the_web_reader_does_not_show_what_is_for_others(office: Office) -> None:
    minh = published(office)
    library = office.source.current()
    assert library is not None
    digest = next(card.digest for card in library.cards if card.header.symbol == "88/KH-SVT")
    lan, tuan = browser(office, "lan"), browser(office, "tuan")
    assert lan.get(f"/van-ban/{digest[:16]}").status_code == 200
    minh.says("/vanban 88/KH-SVT").taps("Giới hạn đơn vị").taps("Kế hoạch – Tài chính").taps("Xong")
    assert tuan.get(f"/van-ban/{digest[:16]}").status_code == 200 and "Kho sạch" in tuan.get("/van-ban").text
    assert lan.get(f"/van-ban/{digest[:16]}").status_code == 410 and "Kho sạch" not in lan.get("/van-ban").text


def test_too_many_files_at_once_in_the_web_chat_are_refused_with_the_reason(office: Office) -> None:
    minh = browser(office, "minh")
    many = [("tep", (f"a{number}.txt", f"{number} {PLAN}".encode(), "text/plain")) for number in range(30)]
    answer = minh.post("/hoi", files=many)
    assert "tối đa 10 tệp" in answer.text and "Có lỗi ngoài dự kiến" not in answer.text


def browser(office: Office, who: str) -> TestClient:
    """Return the browser in which somebody is linked with the web chat."""
    token = fresh_token()
    with writing(office.engine) as session:
        person = people.person_of(session, office.channel.name, who)
        assert person is not None
        people.link(session, person.id, Account("web", token, token, who, office.now))
    site = Site(office.source, Turns(office.engine), lambda: office.now, office.service, office.files)
    client = TestClient(create_app(site, LOOPBACK), base_url="http://127.0.0.1:8000")
    client.cookies.set(COOKIE, token)
    return client
