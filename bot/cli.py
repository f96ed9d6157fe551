"""The command line: parse, wire, run one command, turn whatever goes wrong into one line.

Nothing heavy is imported here: `tdkt --help` must answer at once, so commands import what they need when they run.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from bot import commands, settings
from bot.arguments import Parser
from bot.errors import BotError, UsageError
from index.errors import IndexingError, MissingPath
from knowledge.errors import KnowledgeError
from retrieval.errors import RetrievalError, UnreadableQuestions

INTERRUPTED = 130  # what shells report for Ctrl-C
CLOSED_PIPE = 141  # what shells report for SIGPIPE: the reader ("| head") had enough


def build_parser() -> Parser:
    """Return the parser of every command."""
    parser = Parser(
        prog="tdkt",
        usage="tdkt [--home DIR] LỆNH …",
        description=f"Trợ lý TĐKT: hỏi đáp có trích dẫn trên kế hoạch, quy định của cơ quan.\n\n{_commands_help()}",
        epilog=_settings_help(),
    )
    parser.optional.add_argument("--version", action=_Version, nargs=0, help="in phiên bản rồi thoát")
    _add_common(parser, default=None)
    # The list of commands stands in the description: argparse's own would be "positional arguments" after the options.
    choices = parser.add_subparsers(
        prog="tdkt", dest="command", metavar="LỆNH", required=True, parser_class=Parser, help=argparse.SUPPRESS
    )
    for command in commands.ALL:
        below = choices.add_parser(command.NAME, description=f"{command.HELP[:1].upper()}{command.HELP[1:]}.")
        command.configure(below)
        # SUPPRESS: a value given before the command must survive the command's own parser.
        for each in (below, *below.branches.values()):
            _add_common(each, default=argparse.SUPPRESS)
        below.set_defaults(run=command.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; `argv` without the program's name."""
    _speak_utf8()
    arguments = sys.argv[1:] if argv is None else list(argv)
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("\nĐã dừng theo yêu cầu.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Python flushes stdout once more at exit and would complain then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE
    except Exception as error:  # the one place that turns failures into words
        if "--debug" in arguments:
            traceback.print_exc()
        message, code = explain(error)
        print(f"Lỗi: {message}", file=sys.stderr)
    return code


def explain(error: Exception) -> tuple[str, int]:
    """Return the Vietnamese line for `error` and the exit code."""
    if isinstance(error, BotError):
        return str(error), error.exit_code
    if isinstance(error, UnreadableQuestions | MissingPath):
        return str(error), UsageError.exit_code
    if isinstance(error, KnowledgeError | IndexingError | RetrievalError):
        return str(error), 1
    if isinstance(error, OSError):
        place = f" {error.filename}" if error.filename else ""
        return (
            f"Không đọc hoặc ghi được{place}: {error.strerror or error}. Anh/chị kiểm tra quyền và dung lượng đĩa.",
            1,
        )
    kind = type(error).__name__
    return (
        f"Có lỗi ngoài dự kiến ({kind}: {_one_line(error)}). Anh/chị chạy lại với --debug và gửi cho người phụ trách.",
        1,
    )


def _run(arguments: list[str]) -> int:
    options = build_parser().parse_args(arguments)
    home = Path(options.home).expanduser() if options.home else None
    # `tdkt doctor` tells of every setting that cannot be used; any other command refuses the first.
    code: int = options.run(options, settings.read(home=home, tolerant=getattr(options, "tolerant", False)))
    return code


def _add_common(parser: Parser, default: str | None) -> None:
    parser.optional.add_argument("--home", metavar="DIR", default=default, help="thư mục dữ liệu (hoặc TDKT_HOME)")
    parser.optional.add_argument(
        "--debug",
        action="store_true",
        default=False if default is None else default,
        help="khi có lỗi, in cả chi tiết kỹ thuật",
    )


def _commands_help() -> str:
    width = max(len(command.NAME) for command in commands.ALL)
    rows = [f"  {command.NAME:<{width}}  {command.HELP}" for command in commands.ALL]
    return "\n".join(["Lệnh (xem cách dùng từng lệnh: tdkt LỆNH --help):", *rows])


def _settings_help() -> str:
    width = max(len(variable.name) for variable in settings.VARIABLES)
    rows = [
        f"  {variable.name:<{width}}  {variable.says}" + (f" (mặc định {variable.default})" if variable.default else "")
        for variable in settings.VARIABLES
    ]
    return "\n".join(["Thiết lập (biến môi trường, hoặc tệp .env tại thư mục đang đứng):", *rows])


class _Version(argparse.Action):
    """Looks the version up only when asked: it costs as much time as the rest of --help."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"tdkt {version('tdkt')}")
        parser.exit()


def _speak_utf8() -> None:
    """Vietnamese must come out whole under LANG=C too; a lone surrogate becomes "?" rather than a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
