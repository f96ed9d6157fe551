"""`tdkt restore`: a home, or a home and a database server's tables, made of a backup."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from bot.arguments import Parser
from bot.asking import VIETNAM
from bot.errors import UsageError
from bot.settings import Settings

NAME = "restore"
HELP = "khôi phục từ tệp sao lưu vào một thư mục dữ liệu trống"


def configure(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.positional.add_argument("file", type=Path, metavar="TỆP", help="tệp do tdkt backup ghi")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Restore and say from when."""
    from bot.backup import restore

    source: Path = options.file
    if not source.is_file():
        raise UsageError(f"Không có tệp {source}. Anh/chị kiểm tra lại đường dẫn.")
    contents = restore(source, settings.home, settings.database)
    made = datetime.fromisoformat(contents.made).astimezone(VIETNAM)
    rows = sum(contents.rows.values())
    print(f"Đã khôi phục vào {settings.home}: bản sao lưu lúc {made:%H:%M ngày %d/%m/%Y}, {rows} bản ghi.")
    return 0
