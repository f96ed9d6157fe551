"""`tdkt serve`: the web pages; indexes the sample documents first when there is no index, unless told not to."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bot.arguments import Parser, option_type
from bot.console import progress_bar
from bot.setting_values import port
from bot.settings import Settings
from index.errors import DamagedIndex

if TYPE_CHECKING:
    from bot.app import App

NAME = "serve"
HELP = "mở trang web hỏi đáp (nạp văn bản mẫu nếu chưa có gì)"


def configure(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.optional.add_argument("--host", metavar="ĐỊA_CHỈ", help="địa chỉ mở trang web (hoặc TDKT_HOST)")
    parser.optional.add_argument(
        "--port", type=option_type(port), metavar="CỔNG", help="cổng mở trang web (hoặc TDKT_PORT)"
    )
    parser.optional.add_argument(
        "--no-samples", action="store_true", help="chưa có văn bản nào thì cũng không nạp văn bản mẫu (khi dùng thật)"
    )


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Serve until stopped; the address is taken before anything slow happens."""
    from bot.logs import configure
    from bot.web.server import address, answered_hosts, is_loopback, listen, serve

    configure(settings.log)
    host = settings.host if options.host is None else options.host
    with listen(host, settings.port if options.port is None else options.port) as listener:
        from bot.app import App

        app = App(settings)
        app.local_url = address(listener).rstrip("/") if is_loopback(listener) else None
        _renew_index(app)
        if not options.no_samples:
            _index_samples_if_empty(app)
        web = app.web(answered_hosts(listener))
        app.warm_up()
        print(f"Trợ lý TĐKT đang chạy tại {address(listener)}")
        if not is_loopback(listener):
            print(_open_to(settings))
        print("Nhấn Ctrl+C để dừng.", flush=True)
        serve(web, listener)
    print("Đã dừng.")
    return 0


def _open_to(settings: Settings) -> str:
    """Say who may use pages that more than this machine can reach."""
    if settings.strangers_may_ask:
        return "Lưu ý: ai vào được mạng này đều hỏi được. Chỉ nên mở trong mạng nội bộ tin cậy."
    return "Trang mở cho cả mạng: ai có mã liên kết (tdkt invite) mới dùng được. Chỉ nên mở trong mạng nội bộ."


def _renew_index(app: App) -> None:
    """After an upgrade, or damage, make the index anew from the catalogue: the documents' files are not needed."""
    try:
        app.libraries.current()
    except DamagedIndex:
        print("Chỉ mục là của bản chương trình khác hoặc đã hỏng: đang lập lại từ các văn bản đã lưu.", flush=True)
        with progress_bar(shown=True) as progress:
            report = app.index([], progress=progress)
        print(f"Đã lập lại chỉ mục: {report.documents} văn bản.", flush=True)


def _index_samples_if_empty(app: App) -> None:
    """Give a first run something to answer from."""
    if app.libraries.current() is not None:
        return
    print("Chưa có văn bản nào: nạp các văn bản mẫu (hư cấu) để dùng thử.", flush=True)
    with progress_bar(shown=True) as progress:
        report = app.index([app.samples], progress=progress)
    for refusal in report.refused:
        print(f"Không nhận {refusal.file}: {refusal.reason}")
    print(f"Đã nạp {report.documents} văn bản mẫu. Nạp văn bản của cơ quan: tdkt index <thư mục>.", flush=True)
