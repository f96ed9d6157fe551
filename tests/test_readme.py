"""The README says what the program does: its transcripts, help text, settings and targets are the real ones."""

from __future__ import annotations

import re
import shlex
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.cli import main
from bot.settings import VARIABLES
from index.build import update

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
# A block of one command with what it prints; "[…]" alone on a line stands for the rest of the output.
BLOCKS = re.findall(r"```console\n\$ (tdkt [^\n]*)\n(.*?)```", README, re.DOTALL)
REST = "[…]"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme-home")
    update(folder, [ROOT / "knowledge" / "samples"])
    return folder


def run(home: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["--home", str(home), *arguments]) == 0
    return "\n".join(line.rstrip() for line in capsys.readouterr().out.rstrip().splitlines())


@pytest.mark.parametrize(("command", "shown"), BLOCKS, ids=[command for command, _ in BLOCKS])
def test_a_transcript_is_what_the_program_prints(
    command: str,
    shown: str,
    home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.app.now", lambda: NOW)
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("TDKT_HOME", "TDKT_MODEL"):
        monkeypatch.delenv(name, raising=False)
    if command == "tdkt --help":
        with pytest.raises(SystemExit):
            main(["--help"])
        printed = capsys.readouterr().out
    else:
        printed = run(home, capsys, *shlex.split(command)[1:])
    expected = shown.rstrip()
    if expected.endswith(REST):
        assert printed.startswith(expected.removesuffix(REST).rstrip())
    else:
        assert printed.rstrip() == expected


def test_there_is_an_answer_a_refusal_and_the_help_among_the_transcripts() -> None:
    commands = [command for command, _ in BLOCKS]
    assert "tdkt --help" in commands
    assert any("không nêu" in shown or "Không tìm thấy" in shown for _, shown in BLOCKS)
    assert sum(command.startswith("tdkt ask") for command in commands) >= 2


def test_every_setting_is_documented() -> None:
    for variable in VARIABLES:
        assert variable.name in README


def test_every_target_of_the_makefile_is_documented() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert targets
    for target in targets:
        assert f"make {target}" in README


def test_every_file_of_the_map_exists() -> None:
    block = re.search(r"<!-- map -->\n```text\n(.*?)```", README, re.DOTALL)
    assert block is not None
    folder = ROOT
    for line in block.group(1).splitlines():
        if match := re.match(r"(\w+)/ ", line):
            folder = ROOT / match.group(1)
            assert folder.is_dir()
        elif match := re.match(r"  ([\w./, ]+?)  +\S", line):
            for name in match.group(1).split(", "):
                assert (folder / name).exists(), name
