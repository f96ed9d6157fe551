"""`tdkt index`: read, analyse and index files and folders."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bot.arguments import Parser
from bot.console import Console, progress_bar
from bot.errors import UsageError
from bot.settings import Settings

NAME = "index"
HELP = "đọc, phân tích và lập chỉ mục tệp, thư mục (chỉ phần thay đổi)"


def configure(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.positional.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="ĐƯỜNG_DẪN",
        help="tệp hoặc thư mục văn bản; không ghi: lập lại chỉ mục từ các văn bản đã lưu",
    )
    parser.optional.add_argument("--rebuild", action="store_true", help="đọc lại tất cả từ đầu")
    parser.optional.add_argument("--json", action="store_true", help="kết quả dạng JSON")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Index and report; 1 when every file given was refused, whatever stands in the home."""
    from bot.app import App
    from bot.commands.library import decided
    from bot.contract import build_json
    from bot.governing import decisions
    from bot.render import build_lines

    app = App(settings)
    if not options.paths and not (app.home / "index").is_dir():
        raise UsageError("Chưa có văn bản nào. Anh/chị ghi tệp hoặc thư mục văn bản, ví dụ: tdkt index van-ban/")
    with progress_bar(shown=not options.json) as progress:
        report = app.index(options.paths, rebuild=options.rebuild, progress=progress)
    if options.json:
        print(json.dumps(build_json(report), ensure_ascii=False))
    else:
        engine, library = decided(app), app.libraries.current()
        standings = decisions(engine, library.cards).standings if engine and library else {}
        for line in build_lines(report, library, Console.of(sys.stdout), standings):
            print(line)
    refused = {refusal.file for refusal in report.refused}
    alone = bool(options.paths) and all(path.is_file() and path.name in refused for path in options.paths)
    return 1 if refused and (alone or not report.documents) else 0
