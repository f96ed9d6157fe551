"""A fictional round of six units for tests of exports: two in time, one late, one returned, one draft, one silent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.asking import VIETNAM
from bot.domain.filling import Draft
from bot.domain.forms import Form, Option, Prompt, PromptKind, Repeat, Value
from bot.domain.people import Unit
from bot.domain.rounds import Round, Standing, Submission, SubmissionState
from bot.exports.consolidated import Consolidated, Office, consolidate

DUE = datetime(2026, 12, 5, 17, 0, tzinfo=VIETNAM)
MADE = datetime(2026, 12, 7, 9, 30, tzinfo=VIETNAM)
UNITS = (
    Unit("phong-tccb", "Phòng Tổ chức cán bộ"),
    Unit("phong-khtc", "Phòng Kế hoạch – Tài chính"),
    Unit("van-phong", "Văn phòng Sở"),
    Unit("thanh-tra", "Thanh tra Sở"),
    Unit("tt-luu-tru", "Trung tâm Lưu trữ <lịch sử> & số hóa"),
    Unit("chi-cuc", "Chi cục Văn thư"),
)
PHOTO = "a" * 64
K = PromptKind
RESULTS = "I. Kết quả thực hiện nhiệm vụ"
FORM = Form(
    "bc_thi_dua",
    "3",
    "Báo cáo kết quả phong trào thi đua “Hồ sơ gọn, việc nhanh”",
    (
        Prompt("loi_dan", "loi_dan", K.NOTE, "Anh/chị trả lời từng câu."),
        Prompt("tuyen_truyen", "i/tuyen_truyen", K.TEXT, "Tuyên truyền, phổ biến phong trào", group=RESULTS),
        Prompt("sang_kien", "i/sang_kien", K.INTEGER, "Số sáng kiến được công nhận", group=RESULTS),
        Prompt("dung_hen", "i/dung_hen", K.DECIMAL, "Tỷ lệ hồ sơ đúng hẹn (%)", group=RESULTS),
        Prompt(
            "muc_do",
            "muc_do",
            K.SELECT_ONE,
            "Mức độ hoàn thành",
            options=(Option("tot", "Hoàn thành tốt"), Option("xong", "Hoàn thành")),
        ),
        Prompt("ngay_hop", "ngay_hop", K.DATE, "Ngày họp sơ kết"),
        Repeat(
            "ca_nhan",
            "ca_nhan",
            "Cá nhân tiêu biểu",
            (
                Prompt("ho_ten", "ho_ten", K.TEXT, "Họ và tên"),
                Prompt("thanh_tich", "thanh_tich", K.TEXT, "Thành tích"),
                Prompt("so_nam", "so_nam", K.INTEGER, "Số năm công tác"),
            ),
        ),
        Prompt("kho_khan", "kho_khan", K.TEXT, "Khó khăn, vướng mắc"),
        Prompt("de_xuat", "de_xuat", K.TEXT, "Đề xuất, kiến nghị"),
        Prompt("anh", "anh", K.FILE, "Ảnh minh chứng"),
        Prompt("tong", "tong", K.CALCULATE, "Tổng số điểm", calculation="../i/sang_kien * 2"),
    ),
)
ROUND = Round(12, "Báo cáo phong trào thi đua năm 2026", 3, DUE - timedelta(days=30), DUE, tuple(u.key for u in UNITS))
VALUES: tuple[Mapping[str, Value], ...] = (
    {
        "tuyen_truyen": "Đã phổ biến đến 12 phòng.\nMở chuyên mục trên trang thông tin nội bộ.",
        "sang_kien": "12",
        "dung_hen": "98.5",
        "muc_do": "tot",
        "ngay_hop": "2026-11-15",
        "ca_nhan": (
            {"ho_ten": "Đỗ Thị Mai", "thanh_tich": "Rút ngắn một nửa thời gian trả hồ sơ", "so_nam": "8"},
            {"ho_ten": "Lê Văn An", "thanh_tich": "Số hóa 3.000 hồ sơ", "so_nam": "3"},
        ),
        "kho_khan": "Thiếu máy quét.",
        "de_xuat": "Bố trí kinh phí mua hai máy quét trong quý I.",
        "anh": PHOTO,
    },
    {
        "tuyen_truyen": '=HYPERLINK("http://example.invalid","bấm vào đây")',
        "sang_kien": "1250",
        "dung_hen": "100",
        "muc_do": "xong",
        "ngay_hop": "2026-12-01",
        "ca_nhan": ({"ho_ten": "@SUM(A1)", "thanh_tich": "", "so_nam": ""},),
    },
    {"tuyen_truyen": "Lồng ghép trong sinh hoạt chi bộ & họp cơ quan {{ 7*7 }} <b>", "sang_kien": "0"},
)


def submission(number: int, state: SubmissionState, values: Mapping[str, Value], *, late: bool = False) -> Submission:
    """The report of unit `number`, 0-based."""
    at = DUE + timedelta(days=1, hours=2) if late else DUE - timedelta(days=2)
    done = state in (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED)
    return Submission(
        number + 1,
        ROUND.id,
        UNITS[number].key,
        state,
        Draft(values),
        4,
        7,
        "Nguyễn Thị Lan",
        at,
        at if done else None,
        f"BC12-{number + 1:04d}-1" if done else None,
        late,
        "Số liệu chưa khớp." if state is SubmissionState.RETURNED else "",
    )


STATES = SubmissionState
STANDINGS = (
    Standing(UNITS[0], submission(0, STATES.ACCEPTED, VALUES[0])),
    Standing(UNITS[1], submission(1, STATES.SUBMITTED, VALUES[1])),
    Standing(UNITS[2], submission(2, STATES.RETURNED, {"tuyen_truyen": "bản bị trả"})),
    Standing(UNITS[3], None),
    Standing(UNITS[4], submission(4, STATES.SUBMITTED, VALUES[2], late=True)),
    Standing(UNITS[5], submission(5, STATES.DRAFT, {"tuyen_truyen": "bản nháp chưa xong"})),
)
OFFICE = Office("SỞ VĂN THƯ", "UBND TỈNH AN BÌNH", "An Bình")


def report(*, office: Office = OFFICE, standings: tuple[Standing, ...] = STANDINGS, form: Form = FORM) -> Consolidated:
    """The round as it is exported."""
    return consolidate(ROUND, form, standings, MADE, file_name={PHOTO: "anh hop so ket.jpg"}.__getitem__, office=office)


def answered(values: Mapping[str, Value], form: Form = FORM) -> Consolidated:
    """A round in which the first unit answered `values` and nobody else anything."""
    standing = Standing(UNITS[0], replace(submission(0, STATES.SUBMITTED, {}), draft=Draft(values)))
    return report(standings=(standing,), form=form)
