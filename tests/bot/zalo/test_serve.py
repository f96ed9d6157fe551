"""`tdkt serve` with Zalo: webhook in a real process, under the public name as a proxy passes it on."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path

import httpx

from bot.cli import main
from tests.bot.process import command, environment, tdkt
from tests.bot.test_commands import PLAN
from tests.fakes.zalo import TOKEN, FakeZalo

PATIENCE = 60.0


def test_from_code_to_answer_over_zalos_webhook(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    home = tmp_path / "var"
    assert main(["index", str(tmp_path / "a.txt"), "--home", str(home), "--json"]) == 0
    assert tdkt("units", "--add", "phong-a", "Phòng A", "--home", str(home), cwd=tmp_path).code == 0
    invited = tdkt("invite", "--role", "clerk", "--unit", "phong-a", "--home", str(home), cwd=tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with FakeZalo() as zalo:
        settings = environment(
            TDKT_ZALO_TOKEN=TOKEN,
            TDKT_ZALO_API=zalo.url,
            TDKT_ZALO_WEBHOOK=f"http://127.0.0.1:{port}",
            TDKT_PUBLIC_URL="https://tdkt.vi-du.vn",
        )
        serve = command("serve", "--port", str(port), "--home", str(home))
        process = subprocess.Popen(serve, cwd=tmp_path, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            lan = zalo.user("lan")
            lan.sends("chào")
            lan.wait_for_reply("mã liên kết", PATIENCE)
            lan.sends(invited.out.splitlines()[0])
            lan.wait_for_reply("Đã liên kết", PATIENCE)
            lan.sends("hạn báo cáo kế hoạch 77 là khi nào?")
            assert "Trả lời 1" in lan.wait_for_reply("", PATIENCE).text
            public = {"Host": "tdkt.vi-du.vn"}
            assert httpx.get(f"http://127.0.0.1:{port}/tai-len/x", headers=public).status_code == 410
            page = httpx.get(f"http://127.0.0.1:{port}/", headers=public)  # by code only: nobody becomes an admin there
            assert page.status_code == 200 and "Thiết lập lần đầu" not in page.text
        finally:
            process.terminate()
            _, said = process.communicate(timeout=30)
        assert TOKEN not in said.decode()
