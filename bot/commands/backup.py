"""`tdkt backup`: everything the home keeps in one file, taken while the program runs."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot import wording
from bot.arguments import Parser
from bot.errors import UsageError
from bot.settings import Settings

NAME = "backup"
HELP = "sao lưu toàn bộ dữ liệu vào một tệp, không cần dừng chương trình"


def configure(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.optional.add_argument(
        "-o", "--output", type=Path, metavar="TỆP", help="tệp kết quả, hoặc thư mục; không ghi tên thì theo ngày giờ"
    )


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Write the backup and say what it holds."""
    from importlib.metadata import version

    from bot.app import App, now
    from bot.backup import save

    time = now()
    target: Path = options.output or Path()
    if target.is_dir():
        target /= f"tdkt-{time:%Y%m%d-%H%M%S}.tar.gz"
    if not target.parent.is_dir():
        raise UsageError(f"Không ghi được vào {target}. Anh/chị chọn tên tệp trong một thư mục đã có.")
    app = App(settings)
    contents = save(app.engine, app.home, target, time, version("tdkt"))
    size = target.stat().st_size / 2**20
    files = wording.count(len(contents.files), "tệp")
    print(f"{target}: {sum(contents.rows.values())} bản ghi, {files}, {size:.1f} MB. Tệp có dữ liệu cá nhân: cất kỹ.")
    return 0
