"""The systemd unit and its settings file: they say what the program knows, and the sandbox leaves it what it needs."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from bot import commands
from bot.settings import VARIABLES, read
from tests.bot.process import ROOT, command, environment
from tests.bot.test_serve import PATIENCE
from tests.fakes.telegram import TOKEN, FakeTelegram

OPS = ROOT / "bot" / "ops"
UNIT = (OPS / "tdkt.service").read_text(encoding="utf-8")
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
RTF = r"""{\rtf1\ansi S\u7889?: 15/KH-SNV\par K\u7870? HO\u7840?CH\par I. M\u7908?C \u272?\u205?CH\par
1. Thi \u273?ua t\u7889?t n\u259?m 2027.\par}"""


def values(name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", UNIT, re.MULTILINE)


def test_the_unit_names_commands_and_settings_that_exist() -> None:
    (start,) = values("ExecStart")
    assert start.split()[1] in {one.NAME for one in commands.ALL}
    assert set(re.findall(r"/bin/tdkt (\w+)", UNIT)) == {"serve", "doctor"} <= {one.NAME for one in commands.ALL}
    known = {one.name for one in VARIABLES}
    assert set(re.findall(r"\bTDKT_[A-Z_]+", UNIT + (OPS / "tdkt.env").read_text(encoding="utf-8"))) <= known


def test_the_settings_file_can_be_used_as_it_is(tmp_path: Path) -> None:
    found = read({}, OPS / "tdkt.env", home=tmp_path)
    assert found.office == "SỞ NỘI VỤ" and found.log == "json" and found.telegram_token is None


def test_home_and_rights_agree() -> None:
    home = next(one for one in values("Environment") if one.startswith("TDKT_HOME=")).partition("=")[2]
    assert f"-p Environment=TDKT_HOME={home} " in UNIT  # or a command by hand would look into an empty home
    assert home == f"/var/lib/{values('StateDirectory')[0]}" and values("StateDirectoryMode") == ["0700"]
    assert (
        values("UMask") == ["0077"] and values("NoNewPrivileges") == ["yes"] and values("ProtectSystem") == ["strict"]
    )


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    there = UNIT.replace(values("ExecStart")[0].split()[0], shutil.which("true") or "")
    (tmp_path / "tdkt.service").write_text(there, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / "tdkt.service")], capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def _mounts() -> bool:
    """Tell whether this machine lets us make a file system of our own."""
    try:
        return subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not _mounts(), reason="file systems cannot be mounted here")
def test_reading_scans_and_letters_within_the_sandbox(tmp_path: Path) -> None:
    """Nothing can be written but the home and temporary folders, no right can be gained: as the unit has it.

    (LibreOffice wants its pipe in /tmp or /var/tmp, which is why the unit has PrivateTmp; here /tmp holds the home.)
    """
    if not shutil.which("tesseract") or not shutil.which("soffice") or not FONT.exists():
        pytest.skip("no tesseract or LibreOffice here")
    home, scratch, papers = (tmp_path / name for name in ("var", "tmp", "papers"))
    for folder in (home, scratch, papers):
        folder.mkdir()
    (papers / "thu.rtf").write_text(RTF, encoding="ascii")
    _scan(papers / "quet.png")
    writable = "".join(f"mount --bind {folder} {folder} && " for folder in (home, scratch))
    writable += "mount -t tmpfs tmpfs /var/tmp && "
    sealed = f"{writable}mount -o remount,bind,ro / && ! touch {tmp_path}/khong-duoc 2>/dev/null && exec "
    confined = ["setpriv", "--no-new-privs", "--bounding-set=-all", *command("index", str(papers), "--json")]
    done = subprocess.run(
        ["unshare", "-m", "--propagation", "private", "sh", "-c", sealed + ' "$@"', "sh", *confined],
        env=environment(TMPDIR=str(scratch), HOME=str(home), TDKT_HOME=str(home), PYTHONDONTWRITEBYTECODE="1"),
        cwd=home, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    report = json.loads(done.stdout)
    assert (report["documents"], report["refused"]) == (2, [])


def _scan(path: Path) -> None:
    picture = Image.new("L", (1240, 500), 255)
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(str(FONT), 34)
    for line, words in enumerate(("Số: 16/KH-SNV", "KẾ HOẠCH", "I. MỤC ĐÍCH", "1. Các phòng báo cáo kết quả.")):
        draw.text((100, 60 + line * 100), words, fill=0, font=font)
    picture.save(path)


def test_a_stop_ends_what_is_under_way_and_repeats_nothing(tmp_path: Path) -> None:
    """SIGTERM, as systemd sends it, while a reply is on its way: it arrives once, the exit is clean, and quick."""
    settings = environment(TDKT_TELEGRAM_TOKEN=TOKEN, TDKT_HOME=str(tmp_path / "var"), TDKT_STRANGERS_MAY_ASK="1")
    with FakeTelegram() as telegram:
        settings["TDKT_TELEGRAM_API"] = telegram.url
        for _ in range(2):
            process = subprocess.Popen(
                command("serve", "--port", "0"), cwd=tmp_path, env=settings, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )  # fmt: skip
            telegram.user("lan").sends("/giup")
            telegram.wait(lambda: telegram.called("sendMessage"), PATIENCE, "a reply")
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=30)  # TimeoutStopSec
            assert (process.returncode, err) == (0, b"") and out.decode().endswith("Đã dừng.\n")
            sent = [call.params["text"] for call in telegram.called("sendMessage")]
            telegram.calls.clear()
            assert len(sent) == 1
