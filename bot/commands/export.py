"""`tdkt export`: the consolidated report of a round as a workbook or a Word file."""

from __future__ import annotations

import argparse
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.arguments import Parser
from bot.errors import BotError, UsageError
from bot.settings import Settings
from knowledge.text import fold, normalise

if TYPE_CHECKING:
    from bot.domain.rounds import Round

NAME = "export"
HELP = "xuất báo cáo tổng hợp của một đợt (.xlsx hoặc .docx)"

_FORMATS = ("xlsx", "docx")
_LISTED = 10  # rounds named in an error


def configure(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.positional.add_argument("round", metavar="ĐỢT", help="số của đợt báo cáo, hoặc một phần tên đợt")
    parser.optional.add_argument(
        "--format", choices=_FORMATS, metavar="DẠNG", help="xlsx hoặc docx; không ghi thì theo đuôi tệp, mặc định xlsx"
    )
    parser.optional.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="TỆP",
        help="tệp kết quả (ghi đè nếu đã có) hoặc thư mục; không ghi thì tự đặt tên",
    )


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Write the file, whole or not at all, and say what it holds."""
    format = options.format or _format_of(options.output)
    if options.output is not None and not options.output.parent.is_dir():
        raise UsageError(f"Không có thư mục {options.output.parent}. Anh/chị tạo thư mục hoặc chọn nơi khác.")

    from bot.app import App, now
    from bot.desk import LiveDesk
    from bot.dialogues.desk import FileRefused

    app = App(settings)
    time = now()
    desk = LiveDesk(app.engine, app.libraries, app.helpers, "terminal", time)
    chosen = choose_round(options.round, desk.rounds())
    try:
        made = app.helpers.export(desk, chosen.id, format, time)
    except FileRefused as error:
        raise BotError(str(error)) from error
    target = options.output or Path()
    target = target / made.name if target.is_dir() else target
    write_whole(target, made.content)
    standings = desk.standings(chosen.id)
    done = sum(
        one.submission is not None and one.submission.state.value in ("submitted", "accepted") for one in standings
    )
    print(f"{target}: đợt {chosen.id} “{chosen.title}”, {done}/{len(standings)} đơn vị đã nộp.")
    return 0


def choose_round(wanted: str, rounds: Sequence[Round]) -> Round:
    """Return the round of that number, or the only one whose title has those words; UsageError where there is none."""
    if not rounds:
        raise UsageError("Chưa có đợt báo cáo nào. Anh/chị mở một đợt trước khi xuất.")
    text = fold(normalise(wanted)).strip()
    if text.isascii() and text.isdecimal():
        found = [one for one in rounds if one.id == int(text)]
    else:
        exact = [one for one in rounds if fold(one.title).strip() == text]
        found = exact or [one for one in rounds if text and text in fold(one.title)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"Có {len(found)} đợt khớp “{wanted}”: {_list(found)}. Anh/chị ghi số của đợt.")
    raise UsageError(f"Không có đợt báo cáo “{wanted}”. Các đợt hiện có: {_list(rounds)}.")


def write_whole(target: Path, content: bytes) -> None:
    """Put `content` at `target`: readers see the old file or the new one, never half of it."""
    fresh = target.with_name(f".{target.name[:80]}.{secrets.token_hex(4)}")
    try:
        with fresh.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(target)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise UsageError(f"Không ghi được tệp {target}: {error.strerror}. Anh/chị chọn nơi khác bằng -o.") from error


def _format_of(output: Path | None) -> str:
    """Return the format that a file's ending asks for."""
    ending = output.suffix.lower().removeprefix(".") if output is not None else ""
    return ending if ending in _FORMATS else "xlsx"


def _list(rounds: Sequence[Round]) -> str:
    named = "; ".join(f"{one.id} – {one.title}" for one in rounds[:_LISTED])
    return f"{named}; …" if len(rounds) > _LISTED else named
