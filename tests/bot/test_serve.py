"""`tdkt serve` and `tdkt chat` as processes: addresses, signals, terminals."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot import settings
from bot.app import App
from bot.cli import main
from bot.errors import PortTaken, UsageError
from bot.web.server import address, answered_hosts, is_loopback, listen
from tests.bot.process import command, environment, tdkt
from tests.bot.test_commands import ORDER, PLAN

PATIENCE = 60.0  # seconds, on a busy machine


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serve")
    (folder / "papers").mkdir()
    (folder / "papers" / "a.txt").write_text(PLAN, encoding="utf-8")
    (folder / "papers" / "b.txt").write_text(ORDER, encoding="utf-8")
    assert main(["index", str(folder / "papers"), "--home", str(folder / "var"), "--json"]) == 0
    return folder / "var"


@pytest.fixture
def served(home: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A serving process and its address."""
    process = subprocess.Popen(
        command("serve", "--port", "0", "--home", str(home)),
        cwd=home.parent,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline().decode("utf-8")
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found is not None, line
        yield process, found[0]
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_serving_answers_and_stops_cleanly(served: tuple[subprocess.Popen[bytes], str], asked: signal.Signals) -> None:
    process, base = served
    with httpx.Client(base_url=base, follow_redirects=True, timeout=PATIENCE) as client:
        assert "2 văn bản" in client.get("/").text
        page = client.post("/hoi", data={"q": "hạn báo cáo kế hoạch 77 là khi nào?"}).text
        assert "15/12/2025" in page
        assert client.get("/", headers={"Host": "evil.example"}).status_code == 421
    process.send_signal(asked)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert out.decode("utf-8").endswith("Đã dừng.\n")
    assert err == b""


def test_an_office_may_begin_without_the_fictional_documents(tmp_path: Path) -> None:
    serve = command("serve", "--port", "0", "--no-samples", "--home", str(tmp_path / "var"))
    process = subprocess.Popen(serve, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert process.stdout is not None
        line = process.stdout.readline().decode("utf-8")
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found is not None, line
        assert "Chưa có văn bản nào" in httpx.get(found[0], timeout=PATIENCE).text
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def upgraded(tmp_path: Path) -> Path:
    """A home whose index was made by a program of another format, and whose documents' files are gone."""
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    home = tmp_path / "var"
    assert main(["index", str(tmp_path / "a.txt"), "--home", str(home), "--json"]) == 0
    (tmp_path / "a.txt").unlink()
    for manifest in (home / "index").glob("0*/manifest.json"):
        manifest.write_text('{"format": "của bản trước"}', encoding="utf-8")
    return home


def test_an_index_of_another_program_is_made_anew_before_serving(upgraded: Path) -> None:
    serve = command("serve", "--port", "0", "--home", str(upgraded))
    process = subprocess.Popen(serve, cwd=upgraded.parent, env=environment(), stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        said = [process.stdout.readline().decode("utf-8") for _ in range(3)]
        assert said[1] == "Đã lập lại chỉ mục: 1 văn bản.\n"
        found = re.search(r"http://127\.0\.0\.1:\d+/", said[2])
        assert found is not None, said
        page = httpx.post(f"{found[0]}hoi", data={"q": "hạn báo cáo kế hoạch 77?"}, follow_redirects=True, timeout=60)
        assert "15/12/2025" in page.text
    finally:
        process.kill()
        process.communicate()


def test_without_paths_the_index_is_made_of_the_documents_that_are_kept(upgraded: Path) -> None:
    refused = tdkt("ask", "hạn báo cáo?", "--home", str(upgraded), cwd=upgraded.parent)
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert "tdkt index" in refused.err
    assert tdkt("index", "--home", str(upgraded), cwd=upgraded.parent).code == 0
    assert "15/12/2025" in tdkt("ask", "hạn báo cáo?", "--home", str(upgraded), cwd=upgraded.parent).out


def test_a_new_index_is_served_without_a_restart(
    served: tuple[subprocess.Popen[bytes], str], home: Path, tmp_path: Path
) -> None:
    _, base = served
    more = tmp_path / "c.txt"
    more.write_text(ORDER.replace("05/CT-UBND", "06/CT-UBND").replace("kho lưu trữ", "bến xe buýt"), encoding="utf-8")
    with httpx.Client(base_url=base, timeout=PATIENCE) as client:
        assert "06/CT-UBND" not in client.get("/van-ban").text
        assert tdkt("index", str(more), "--home", str(home), "--json", cwd=tmp_path).code == 0
        assert "06/CT-UBND" in client.get("/van-ban").text


def test_the_documents_are_loaded_beforehand(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    app = App(settings.read({"TDKT_HOME": str(home)}, home / "no.env"))
    app.warm_up().join(PATIENCE)
    library = app.libraries.current()
    assert library is not None
    assert "_examples" in vars(library)  # the front page has them at once
    assert caplog.text == ""


def test_what_cannot_be_loaded_beforehand_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "CURRENT").mkdir()  # no file, which no build leaves
    app = App(settings.read({"TDKT_HOME": str(tmp_path)}, tmp_path / "no.env"))
    app.warm_up().join(PATIENCE)
    assert "could not be loaded beforehand" in caplog.text


def test_a_taken_port_is_one_line(home: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = tdkt("serve", "--port", port, "--home", str(home), cwd=tmp_path)
    assert done.code == 1
    assert port in done.err
    assert done.err.count("\n") == 1
    assert "--port" in done.err


def test_addresses() -> None:
    with listen("127.0.0.1", 0) as local:
        assert address(local) == f"http://127.0.0.1:{local.getsockname()[1]}/"
        assert is_loopback(local)
        hosts = answered_hosts(local)
        assert hosts is not None
        assert {"127.0.0.1", "localhost"} <= hosts
        with pytest.raises(PortTaken):
            listen("127.0.0.1", local.getsockname()[1])
    with listen("0.0.0.0", 0) as everywhere:
        assert not is_loopback(everywhere)
        assert answered_hosts(everywhere) is None
    for host in ("no-such-host.invalid", "192.0.2.1"):
        with pytest.raises(UsageError, match="--host"):
            listen(host, 0)


def test_a_closed_pipe_ends_a_batch_quietly(home: Path, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"q": "hạn báo cáo?"}\n' * 200, encoding="utf-8")
    arguments = " ".join(f'"{word}"' for word in command("ask", "--batch", "q.jsonl", "--home", str(home)))
    script = f'{arguments} | head -1; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment(), capture_output=True, check=True, timeout=PATIENCE
    )
    assert done.stderr == b""
    assert done.stdout.decode("utf-8").splitlines()[1] == "141"


def talk(home: Path, *typed: bytes, nudge: bytes = b"") -> tuple[str, int]:
    """Type into `tdkt chat` on a real terminal, one line after each prompt; returns the screen and the exit code.

    `nudge` is typed again while nothing happens: a Ctrl-C can fall between readline's prompt and its waiting.
    """
    master, slave = pty.openpty()
    process = subprocess.Popen(
        command("chat", "--home", str(home)),
        cwd=home.parent,
        env=environment(TERM="xterm"),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        preexec_fn=lambda: _own_terminal(slave),
    )
    os.close(slave)
    screen = b""
    for line in typed:
        screen += _until(master, "Hỏi ›".encode())
        os.write(master, line)
    screen += _until(master, None, nudge)
    os.close(master)
    return screen.decode("utf-8", "replace"), process.wait(PATIENCE)


def _own_terminal(slave: int) -> None:
    import fcntl
    import termios

    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)  # so that Ctrl-C typed there reaches the process


def _until(master: int, wanted: bytes | None, nudge: bytes = b"") -> bytes:
    """Read the screen until `wanted` appears, or to its end."""
    seen, give_up = b"", time.monotonic() + PATIENCE
    while time.monotonic() < give_up and (wanted is None or wanted not in seen):
        if select.select([master], [], [], 1.0)[0]:
            try:
                chunk = os.read(master, 65536)
            except OSError:  # Linux says EIO when the other side is closed
                break
            if not chunk:
                break
            seen += chunk
        elif nudge:
            os.write(master, nudge)
    return seen


def test_chat_on_a_terminal(home: Path) -> None:
    screen, code = talk(home, "hạn báo cáo kế hoạch 77?\r".encode(), b"1\r", b"\x04")
    assert code == 0
    assert "trước ngày 15/12/2025" in screen
    assert "1. Xem cả mục II.1" in screen
    assert "Traceback" not in screen


def test_ctrl_c_leaves_the_chat_quietly(home: Path) -> None:
    screen, code = talk(home, b"\x03", nudge=b"\x03")
    assert code == 130
    assert "Đã dừng" in screen
    assert "Traceback" not in screen
