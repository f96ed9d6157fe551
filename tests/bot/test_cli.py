"""The command line as a script meets it: a process, its streams, its exit code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot import commands
from bot.arguments import translate
from bot.cli import build_parser, explain
from bot.errors import NothingIndexed, UsageError
from bot.settings import VARIABLES
from knowledge.errors import UnreadableFile
from retrieval.errors import UnreadableQuestions
from tests.bot.process import ROOT, environment, tdkt

HEAVY = ("torch", "faiss", "sentence_transformers", "sqlalchemy", "alembic", "starlette", "numpy", "dotenv", "tqdm")


_LOOK = """
import sys
sys.argv[1:] = ["--help"]
from bot.__main__ import main
try:
    main()
finally:
    print([name for name in {heavy!r} if name in sys.modules])
"""


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    look = _LOOK.format(heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", look], cwd=tmp_path, env=environment(), capture_output=True, check=True, timeout=60
    )
    assert done.stdout.decode("utf-8").endswith("[]\n")


def test_help_names_every_command_and_setting(tmp_path: Path) -> None:
    done = tdkt("--help", cwd=tmp_path)
    assert done.code == 0
    for command in commands.ALL:
        assert f"  {command.NAME} " in done.out
        below = tdkt(command.NAME, "--help", cwd=tmp_path)
        assert below.code == 0
        assert "Cách dùng: tdkt " + command.NAME in below.out
        assert not any(word in below.out for word in ("usage:", "options:", "positional arguments"))
    for variable in VARIABLES:
        assert variable.name in done.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "thiếu LỆNH"),
        (("indx", "x"), "anh/chị muốn “index”"),
        (("ask", "hạn?", "--jsn"), "--jsn"),
        (("ask",), "câu hỏi, hoặc --batch"),
        (("ask", "hạn?", "--batch", "x.jsonl"), "câu hỏi, hoặc --batch"),
        (("ask", "--batch", "x.jsonl", "--prev", "a"), "--prev"),
        (("ask", "   "), "đang trống"),
        (("ask", "à" * 1001), "1.001 ký tự"),
        (("ask", "--batch", "khong-co.jsonl"), "khong-co.jsonl"),
        (("index",), "Chưa có văn bản nào"),
        (("index", "khong-co"), "khong-co"),
        (("serve", "--port", "70000"), "0 đến 65535"),
        (("serve", "--port"), "cần một giá trị"),
        (("evaluate", "khong-co.jsonl"), "khong-co.jsonl"),
        (("documents", "--home"), "cần một giá trị"),
    ],
)
def test_bad_usage_is_one_vietnamese_line_and_exit_2(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    done = tdkt(*arguments, cwd=tmp_path)
    assert done.code == 2
    assert done.err.startswith("Lỗi: ")
    assert done.err.count("\n") == 1
    assert says in done.err
    assert done.out == ""


def test_a_bad_setting_is_exit_2_and_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TDKT_PORT=abc\n", encoding="utf-8")
    done = tdkt("documents", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "TDKT_PORT" in done.err


@pytest.mark.parametrize(
    "arguments", [("ask", "hạn?"), ("documents", "--json"), ("obligations",), ("chat",), ("ask", "--batch", "-")]
)
def test_nothing_indexed_says_what_to_do(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = tdkt(*arguments, cwd=tmp_path)
    assert (done.code, done.out) == (1, "")
    assert "tdkt index" in done.err
    assert done.err.count("\n") == 1
    assert not (tmp_path / "var").exists()  # asking leaves nothing behind


def test_home_is_taken_before_and_after_the_command() -> None:
    parse = build_parser().parse_args
    assert parse(["--home", "a", "documents"]).home == "a"
    assert parse(["documents", "--home", "a"]).home == "a"
    assert parse(["documents"]).home is None
    assert parse(["--debug", "documents"]).debug
    assert parse(["documents", "--debug"]).debug
    assert not parse(["documents"]).debug


def test_traceback_only_with_debug(tmp_path: Path) -> None:
    (tmp_path / "nha").write_text("một tệp, không phải thư mục", encoding="utf-8")
    (tmp_path / "a.txt").write_text("văn bản", encoding="utf-8")
    plain = tdkt("index", "a.txt", "--home", "nha", cwd=tmp_path)
    assert plain.code == 1
    assert "Traceback" not in plain.err
    assert plain.err.count("\n") == 1
    debugged = tdkt("--debug", "index", "a.txt", "--home", "nha", cwd=tmp_path)
    assert debugged.code == 1
    assert "Traceback" in debugged.err


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    script = f'"{sys.executable}" -W error -m bot --help | head -1; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment(), capture_output=True, check=True, timeout=60
    )
    assert done.stderr == b""
    assert done.stdout.decode("utf-8").splitlines()[0] == "Cách dùng: tdkt [--home DIR] LỆNH …"


def test_module_and_script_are_the_same() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'tdkt = "bot.__main__:main"' in text


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("a"), 2),
        (NothingIndexed(), 1),
        (UnreadableFile("Tệp hỏng."), 1),
        (UnreadableQuestions("Dòng 3: thiếu."), 2),
        (PermissionError(13, "Permission denied", "/x"), 1),
        (ZeroDivisionError("x\ny"), 1),
    ],
)
def test_every_error_is_one_line(error: Exception, code: int) -> None:
    line, exit_code = explain(error)
    assert exit_code == code
    assert line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("the following arguments are required: LỆNH", "thiếu LỆNH"),
        ("unrecognized arguments: --x y", "không hiểu “--x y”"),
        ("argument --prev: expected one argument", "--prev cần một giá trị đi kèm"),
        ("argument x: expected at least one argument", "x cần ít nhất một giá trị đi kèm"),
        ("argument --json: ignored explicit argument '1'", "--json không nhận giá trị (1)"),
        ("argument --a: not allowed with argument --b", "không dùng --a cùng với --b"),
        ("argument L: invalid choice: 'x' (choose from 'ask', 'chat')", "không có “x”; có thể chọn: ask, chat"),
        ("argument L: invalid choice: x (choose from ask, chat)", "không có “x”; có thể chọn: ask, chat"),
        ("argument --n: invalid int value: 'x'", "--n không nhận “x”"),
        ("ambiguous option: --p could match --prev, --port", "--p chưa rõ là tùy chọn nào: --prev, --port"),
        ("something new", "something new"),
    ],
)
def test_argparse_speaks_vietnamese(english: str, vietnamese: str) -> None:
    assert translate(english) == vietnamese
