"""Every command over a real index of two small fictional documents, in this process."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from tests.bot.process import Done

PLAN = """UBND TỈNH AN BÌNH
SỞ VĂN THƯ

Số: 77/KH-SVT

An Bình, ngày 03 tháng 02 năm 2025

KẾ HOẠCH

Phong trào thi đua “Hồ sơ gọn, việc nhanh” năm 2025

Căn cứ Chỉ thị số 05/CT-UBND ngày 10/01/2025 của Ủy ban nhân dân tỉnh An Bình, Sở Văn thư lập Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Mỗi phòng giảm ít nhất một phần ba thời gian xử lý hồ sơ của người dân.

2. Việc bình xét dựa trên số hồ sơ đúng hẹn, không dựa trên báo cáo thành tích.

II. TỔ CHỨC THỰC HIỆN

1. Các phòng, đơn vị thuộc Sở báo cáo kết quả thực hiện Kế hoạch về Văn phòng Sở trước ngày 15/12/2025.

2. Văn phòng Sở đôn đốc, tổng hợp, trình Giám đốc Sở khen thưởng.

Nơi nhận:
- Các phòng, đơn vị;
- Lưu: VT.

GIÁM ĐỐC

Đỗ Thị Mai
"""
ORDER = """UBND TỈNH AN BÌNH

Số: 05/CT-UBND

An Bình, ngày 10 tháng 01 năm 2025

CHỈ THỊ

Về giờ mở cửa kho lưu trữ tỉnh

1. Kho lưu trữ tỉnh mở cửa từ 8 giờ đến 16 giờ các ngày làm việc, kể cả ngày cuối tháng.

2. Chi cục Văn thư hướng dẫn người dân tra cứu hồ sơ tại chỗ, không thu phí.

CHỦ TỊCH

Lê Văn Hòa
"""


def call(*arguments: str) -> Done:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(arguments)
    return Done(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """A home with both documents, one refused file beside them, and what indexing said."""
    folder = tmp_path_factory.mktemp("tdkt")
    papers = folder / "papers"
    papers.mkdir()
    (papers / "ke-hoach-77.txt").write_text(PLAN, encoding="utf-8")
    (papers / "chi-thi-05.txt").write_text(ORDER, encoding="utf-8")
    (papers / "rong.docx").write_bytes(b"")
    return folder, call("index", str(papers), "--home", str(folder / "var"), "--json")


@pytest.fixture
def home(indexed: tuple[Path, Done], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    home = indexed[0] / "var"
    monkeypatch.setenv("TDKT_HOME", str(home))
    monkeypatch.chdir(tmp_path)  # no .env of the checkout
    return home


def test_index_reports_in_json(indexed: tuple[Path, Done]) -> None:
    done = indexed[1]
    assert done.code == 0
    report = json.loads(done.out)
    assert list(report) == [
        "documents", "passages", "added", "changed", "removed", "unchanged", "refused", "seconds",
    ]  # fmt: skip
    assert (report["documents"], report["added"]) == (2, 2)
    assert [refused["file"] for refused in report["refused"]] == ["rong.docx"]
    assert report["refused"][0]["reason"]
    assert done.err == ""


def test_index_in_words(home: Path, tmp_path: Path) -> None:
    done = call("index", str(home.parent / "papers"))
    assert done.code == 0
    assert "Kế hoạch 77/KH-SVT" in done.out
    assert "✗ rong.docx: " in done.out
    assert "giữ nguyên 2" in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_index_of_refused_files_alone_fails_and_keeps_what_is_there(home: Path, tmp_path: Path) -> None:
    own, damaged = tmp_path / "var", tmp_path / "hong.pdf"
    # A home of its own, not a copy: commands before may still hold the database of `home` open.
    assert call("index", str(home.parent / "papers"), "--home", str(own)).code == 0
    damaged.write_bytes(b"not a pdf")
    done = call("index", str(damaged), "--home", str(own), "--json")
    assert done.code == 1
    report = json.loads(done.out)
    assert (report["documents"], [refused["file"] for refused in report["refused"]]) == (2, ["hong.pdf"])
    assert call("index", str(damaged), str(home.parent / "papers"), "--home", str(own), "--json").code == 0
    assert call("index", "--home", str(own), "--json").code == 0


def test_index_of_nothing_readable_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.docx").write_bytes(b"")
    done = call("index", "a.docx", "--home", "var")
    assert done.code == 1
    assert "a.docx" in done.out


def test_ask_in_words_and_json(home: Path) -> None:
    done = call("ask", "hạn báo cáo của kế hoạch 77 là khi nào?")
    assert done.code == 0
    assert "15/12/2025" in done.out
    assert "Mục II.1, Kế hoạch 77/KH-SVT" in done.out
    answer = json.loads(call("ask", "kho luu tru tinh mo cua luc may gio", "--json").out)
    assert list(answer) == ["question", "found", "reason", "answer", "citations", "notes", "took_ms"]
    assert answer["found"] is True
    assert list(answer["citations"][0]) == [
        "file", "number", "title", "date", "section", "quote", "passage", "score",
    ]  # fmt: skip
    assert answer["citations"][0]["file"] == "chi-thi-05.txt"
    assert "8 giờ đến 16 giờ" in answer["citations"][0]["passage"]


def test_ask_follows_up(home: Path) -> None:
    done = call("ask", "ai ký?", "--prev", "chỉ thị 05/CT-UBND nói gì về kho lưu trữ?", "--json")
    assert "Lê Văn Hòa" in json.loads(done.out)["answer"]


def test_batch_answers_line_by_line_and_goes_on_after_a_bad_one(home: Path, tmp_path: Path) -> None:
    lines = [
        '{"q": "hạn báo cáo kế hoạch 77?"}',
        "không phải JSON",
        "",
        '{"q": "ai ký?", "prev": ["kế hoạch 77/KH-SVT hạn khi nào?"]}',
        '{"q": 5}',
        '{"q": ""}',
        '{"q": "ai ký?", "prev": [1]}',
        '["q"]',
        '{"q": "kho mở cửa mấy giờ?", "prev": "chỉ thị 05?"}',
    ]
    file = tmp_path / "cau-hoi.jsonl"
    file.write_bytes("\ufeff".encode() + "\n".join(lines).encode("utf-8") + b'\n{"q": "\xff"}\n')
    done = call("ask", "--batch", str(file))
    assert done.code == 2
    answers: list[dict[str, Any]] = [json.loads(line) for line in done.out.splitlines()]
    assert len(answers) == 9
    assert ["error" in answer for answer in answers] == [False, True, False, True, True, True, True, False, True]
    assert answers[1]["line"] == 2
    assert answers[2]["question"] == "ai ký?"
    assert "Đỗ Thị Mai" in answers[2]["answer"]
    assert done.err == ""


def test_a_batch_without_errors_succeeds(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "cau-hoi.jsonl"
    file.write_text('{"q": "hạn báo cáo?"}', encoding="utf-8")
    assert call("ask", "--batch", str(file)).code == 0


def test_documents_in_words_and_json(home: Path) -> None:
    done = call("documents")
    assert done.code == 0
    assert "Kế hoạch 77/KH-SVT · ke-hoach-77.txt" in done.out
    assert "05/CT-UBND" in done.out
    documents = {document["file"]: document for document in json.loads(call("documents", "--json").out)}
    plan = documents["ke-hoach-77.txt"]
    assert (plan["number"], plan["date"], plan["type"]) == ("77/KH-SVT", "2025-02-03", "kế hoạch")
    assert plan["signer"] == "Đỗ Thị Mai"
    assert {"symbol": "05/CT-UBND", "date": "2025-01-10"} in plan["cites"]
    assert plan["passages"] > 0


def test_obligations_in_words_and_json(home: Path) -> None:
    done = call("obligations")
    assert done.code == 0
    assert "Mục II.1" in done.out
    duties = json.loads(call("obligations", "--json").out)
    (report,) = [duty for duty in duties if duty["kind"] == "report"]
    assert report["due"] == "2025-12-15"
    assert report["when_text"] == "trước ngày 15/12/2025"
    assert report["status"] == "proposed"
    assert report["section"] == "II.1"


def test_evaluate_over_documents(home: Path, tmp_path: Path) -> None:
    questions = tmp_path / "q.jsonl"
    asked = [
        {"q": "hạn báo cáo kế hoạch 77 là khi nào?", "file": "ke-hoach-77.txt", "quote": "trước ngày 15/12/2025"},
        {"q": "mức lương tối thiểu vùng là bao nhiêu?", "file": None, "quote": None},
    ]
    questions.write_text("\n".join(json.dumps(one) for one in asked), encoding="utf-8")
    figures = json.loads(call("evaluate", str(questions), "--json").out)
    assert figures["questions"] == 2
    assert figures["hit@1"] == 1.0
    assert {"hit@3", "mrr", "refusals_right", "refusals_wrong", "answered_wrong", "p50_ms", "p95_ms"} <= set(figures)
    folded = call("evaluate", str(questions), "--fold")
    assert folded.code == 0
    assert "hit@1" in folded.out


def test_evaluate_over_a_corpus_leaves_the_home_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TDKT_HOME", str(tmp_path / "var"))
    passages = [
        {"id": "a", "title": "Kho lưu trữ", "text": "Kho lưu trữ mở cửa từ 8 giờ đến 16 giờ."},
        {"id": "b", "title": "Hồ sơ", "text": "Hồ sơ khen thưởng gồm tờ trình và báo cáo thành tích."},
    ]
    (tmp_path / "p.jsonl").write_text("\n".join(json.dumps(one) for one in passages), encoding="utf-8")
    (tmp_path / "q.jsonl").write_text(
        json.dumps({"id": 1, "text": "hồ sơ khen thưởng gồm gì?", "relevant": ["b"]}), encoding="utf-8"
    )
    for extra in ((), ("--fold",)):
        done = call("evaluate", "q.jsonl", "--corpus", "p.jsonl", "--json", *extra)
        assert done.code == 0
        figures = json.loads(done.out)
        assert list(figures) == [
            "ndcg@10", "mrr@10", "recall@100", "p50_ms", "p95_ms", "index_seconds", "passages",
        ]  # fmt: skip
        assert (figures["mrr@10"], figures["passages"]) == (1.0, 2)
    assert not (tmp_path / "var").exists()


def test_evaluate_refuses_a_malformed_file(home: Path, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text("x", encoding="utf-8")
    done = call("evaluate", "q.jsonl")
    assert done.code == 2
    assert "q.jsonl" in done.err


def test_chat_through_a_pipe(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("hạn báo cáo kế hoạch 77?\n1\n/thoat\n"))
    done = call("chat")
    assert done.code == 0
    assert "15/12/2025" in done.out
    assert "1. Xem cả mục II.1" in done.out
    assert "hẹn gặp lại" in done.out


def test_doctor_sees_what_changed_since(home: Path) -> None:
    done = call("doctor")
    assert "✓ Chỉ mục: " in done.out
    assert "rong.docx không được nhận" in done.out
    plan = home.parent / "papers" / "ke-hoach-77.txt"
    then = plan.stat()
    os.utime(plan, ns=(then.st_atime_ns, then.st_mtime_ns + 10**9))
    assert "ke-hoach-77.txt đã sửa" in call("doctor").out
    os.utime(plan, ns=(then.st_atime_ns, then.st_mtime_ns))


def test_nothing_is_written_by_reading(home: Path) -> None:
    def listing() -> Iterator[tuple[str, int]]:
        for path in sorted(home.rglob("*")):
            if path.is_file() and "sqlite3" not in path.name:
                yield str(path), path.stat().st_mtime_ns

    before = list(listing())
    for arguments in (("ask", "hạn?"), ("documents",), ("obligations",), ("doctor",)):
        call(*arguments)
    assert list(listing()) == before
