"""The guide for admins names what there is: commands, settings, pictures, pages, files; and leaves no command out."""

from __future__ import annotations

import re
import shlex
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import commands
from bot.cli import main
from bot.dialogues.router import COMMANDS, LINK_NAMES
from bot.dialogues.wishes import command_meant
from bot.settings import VARIABLES
from bot.web.pages.admin.frame import PAGES
from tests.bot.mission import pictures
from tests.conftest import SAMPLES

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "README.vi.md").read_text(encoding="utf-8")
PICTURES = ROOT / "bot" / "guide"
BLOCKS = re.findall(r"```bash\n(.*?)```", GUIDE, re.DOTALL)
SPANS = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", GUIDE, flags=re.DOTALL))
MEGABYTES = 1.2
TO_BOTFATHER = {"newbot", "revoke", "setprivacy"}


def typed() -> Iterator[list[str]]:
    """Yield every `tdkt …` that the guide says to type, in words."""
    lines = [line for block in BLOCKS for line in block.splitlines() if not line.startswith("tdkt()")]
    for text in (*lines, *SPANS):
        if text.startswith("tdkt ") and "…" not in text:
            yield shlex.split(text)[1:]


@pytest.mark.parametrize("words", [*typed()], ids=" ".join)
def test_a_command_that_is_typed_exists_with_its_options(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    names = {one.NAME for one in commands.ALL}
    if words == ["--help"]:
        return
    assert words[0] in names
    below = words[1:2] if words[0] in ("form", "round") else []
    with pytest.raises(SystemExit) as ended:
        main([words[0], *below, "--help"])
    assert ended.value.code == 0
    usage = capsys.readouterr().out
    for option in (word for word in words if word.startswith("-")):
        assert re.search(rf"(?<![\w-]){re.escape(option)}\b", usage), option


def test_the_commands_of_the_guide_do_what_it_says_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in (one.name for one in VARIABLES):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "kho").mkdir()
    monkeypatch.chdir(tmp_path)
    assert main(["index", str(SAMPLES / "ke-hoach-thi-dua-2027.docx")]) == 0
    lines = [line for block in BLOCKS for line in block.splitlines() if line.startswith("tdkt ")]
    ran = [shlex.split(line)[1:] for line in lines if line != "tdkt doctor"]  # which tells of this machine
    for words in ran:
        kept = next((tmp_path / "kho").iterdir(), Path())
        there = {"/var/backups/tdkt/": "kho", "/var/backups/tdkt/TỆP": str(kept)}
        fresh = ["--home", "moi"] if words[0] == "restore" else []
        assert main([there.get(word, word) for word in words] + fresh) == 0, (words, capsys.readouterr().err)
    assert {"invite", "units", "form", "round", "export", "remind", "backup", "restore"} <= {one[0] for one in ran}
    assert (tmp_path / "tong-hop.docx").is_file() and (tmp_path / "moi").is_dir()


def test_every_command_is_in_the_guide_and_nothing_else() -> None:
    told = {words[0] for words in typed()} - {"--help"}
    assert told == {one.NAME for one in commands.ALL}
    said = {match[1] for span in SPANS if (match := re.match(r"/([a-z]+)(?: |$)", span))} - TO_BOTFATHER
    known = {name for command in COMMANDS for name in command.names} | set(LINK_NAMES)
    assert said <= known
    left_out = {command.names[0] for command in COMMANDS} | {LINK_NAMES[0]}
    assert left_out - said == set()


def test_what_may_be_typed_instead_of_commands_is_understood() -> None:
    (line,) = re.findall(r"^Không cần nhớ lệnh: (.+)$", GUIDE, re.MULTILINE)
    meant = [command_meant(typed) for typed in re.findall("“([^”]+)”", line)]
    assert meant == [("modot", ""), ("dotbaocao", ""), ("ma", "Nguyễn Thị Lan")]


def test_settings_exist() -> None:
    named = set(re.findall(r"\bTDKT_[A-Z_]+", GUIDE))
    assert named <= {one.name for one in VARIABLES} and len(named) > 10


def test_pictures_are_those_that_the_program_takes_and_stay_small() -> None:
    shown = re.findall(r'<img src="bot/guide/([\w-]+)\.png" width="\d+" alt="[^"]+">', GUIDE)
    kept = {one.stem for one in PICTURES.iterdir()}
    assert set(shown) == kept == set(pictures.WANTED) | set(pictures.ON_A_PHONE)
    assert len(shown) == len(set(shown)) == GUIDE.count("<img ")
    assert sum(one.stat().st_size for one in PICTURES.iterdir()) <= MEGABYTES * 2**20


def test_pages_of_the_menu_are_called_by_their_names() -> None:
    spoken = set(re.findall(r"(?:trang|Trang) \*\*([^*]+)\*\*", GUIDE))
    assert len(spoken) >= 6
    assert spoken <= {name for _, name, _ in PAGES}


def test_files_of_the_installation_exist() -> None:
    for path in re.findall(r"/opt/tdkt/(\S+?)(?:`| |$)", GUIDE, re.MULTILINE):
        if not path.startswith(".venv"):
            assert (ROOT / path).exists(), path


def test_the_contents_lead_somewhere() -> None:
    headings = {_anchor(line) for line in re.findall(r"^## (.+)$", GUIDE, re.MULTILINE)}
    leads = set(re.findall(r"\]\(#([^)]+)\)", GUIDE))
    assert leads and leads == headings


def _anchor(heading: str) -> str:
    """Return the anchor that GitHub gives a heading."""
    kept = "".join(one for one in heading.lower() if one in " -_" or unicodedata.category(one)[0] in "LNM")
    return kept.replace(" ", "-")
