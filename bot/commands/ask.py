"""`tdkt ask`: one answer, or one a line of a file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.arguments import Parser
from bot.asking import Library, check_question
from bot.console import Console
from bot.errors import UsageError
from bot.settings import Settings

NAME = "ask"
HELP = "hỏi một câu, trả lời kèm trích dẫn"


def configure(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.positional.add_argument(
        "question", nargs="?", metavar="CÂU_HỎI", help="câu hỏi, có dấu hay không dấu đều được"
    )
    parser.optional.add_argument(
        "--prev",
        action="append",
        default=[],
        metavar="CÂU",
        help="câu hỏi trước đó (lặp lại được), để hiểu câu hỏi tiếp",
    )
    parser.optional.add_argument(
        "--batch", metavar="TỆP.jsonl", help='mỗi dòng một câu {"q", "prev"?}, mỗi dòng một câu trả lời; “-” là stdin'
    )
    parser.optional.add_argument("--json", action="store_true", help="kết quả dạng JSON")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Answer, or answer line by line."""
    if (options.question is None) == (options.batch is None):
        raise UsageError('Cần đúng một trong hai: câu hỏi, hoặc --batch TỆP.jsonl. Ví dụ: tdkt ask "hạn báo cáo?"')
    if options.batch is not None:
        if options.prev:
            raise UsageError("Không dùng --prev cùng với --batch: ghi “prev” vào từng dòng của tệp.")
        return _batch(options.batch, settings)
    question, previous = check_question(options.question), [check_question(text) for text in options.prev]

    from bot.app import App, now
    from bot.card import lay_out
    from bot.commands.library import for_asking
    from bot.render import answer_lines
    from retrieval.answer import to_json

    app = App(settings)
    library = for_asking(app)
    answer = library.ask(question, previous, now=now())
    if options.json:
        print(json.dumps(to_json(answer), ensure_ascii=False))
    else:
        for line in answer_lines(lay_out(answer, library.cards), Console.of(sys.stdout)):
            print(line)
    return 0


def _batch(file: str, settings: Settings) -> int:
    """Answer each line as it is read; a malformed line gets an error object and the rest goes on."""
    lines = _lines(file)
    first = next(lines, None)  # an unreadable file is refused before anything is loaded

    from bot.app import App
    from bot.commands.library import for_asking

    app = App(settings)
    library = for_asking(app)
    malformed = False
    for number, line in enumerate(_with_first(first, lines), start=1):
        if not line.strip():
            continue
        try:
            result = _answer(line, library)
        except UsageError as error:
            malformed = True
            result = {"line": number, "error": str(error)}
        print(json.dumps(result, ensure_ascii=False), flush=True)
    return UsageError.exit_code if malformed else 0


def _answer(line: bytes, library: Library) -> dict[str, Any]:
    from bot.app import now
    from retrieval.answer import to_json

    question, previous = parse_line(line)
    return to_json(library.ask(question, previous, now=now()))


def parse_line(line: bytes) -> tuple[str, list[str]]:
    """Return the question and the earlier questions of one line; UsageError says what is wrong with it."""
    try:
        asked = json.loads(line.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise UsageError("Dòng này không phải JSON (UTF-8).") from error
    if not isinstance(asked, dict) or not isinstance(asked.get("q"), str):
        raise UsageError('Dòng này phải có dạng {"q": "câu hỏi"}.')
    previous = asked.get("prev") or []
    if isinstance(previous, str):
        previous = [previous]
    if not isinstance(previous, list) or not all(isinstance(text, str) for text in previous):
        raise UsageError("“prev” phải là danh sách câu hỏi trước đó.")
    return check_question(asked["q"]), [check_question(text) for text in previous if text.strip()]


def _lines(file: str) -> Iterator[bytes]:
    if file == "-":
        yield from sys.stdin.buffer
        return
    path = Path(file)
    if not path.is_file():
        raise UsageError(f"Không có tệp {path}. Anh/chị kiểm tra lại đường dẫn.")
    with path.open("rb") as stream:
        yield from stream


def _with_first(first: bytes | None, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first is not None:
        yield first
        yield from rest
