"""argparse that speaks Vietnamese: headings, usage and every error message.

Knows nothing of the commands.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any, NoReturn, TypeVar

from bot.errors import UsageError

Value = TypeVar("Value")

# What argparse may say, first match wins. It has no hook for its messages, only gettext catalogues, which would
# have to be compiled and installed; wording differs a little between Python versions, hence the loose patterns.
_MESSAGES = (
    (r"the following arguments are required: (.+)", r"thiếu {0}"),
    (r"unrecognized arguments: (.+)", r"không hiểu “{0}”"),
    (r"argument (.+?): expected one argument", r"{0} cần một giá trị đi kèm"),
    (r"argument (.+?): expected at least one argument", r"{0} cần ít nhất một giá trị đi kèm"),
    (r"argument (.+?): expected \d+ arguments?", r"{0} thiếu giá trị đi kèm"),
    (r"argument (.+?): ignored explicit argument (.+)", r"{0} không nhận giá trị ({1})"),
    (r"argument (.+?): not allowed with argument (.+)", r"không dùng {0} cùng với {1}"),
    (r"argument .+?: invalid choice: '?(.*?)'? \(choose from (.+)\)", r"không có “{0}”; có thể chọn: {1}"),
    (r"argument (.+?): invalid \w+ value: '?(.*?)'?", r"{0} không nhận “{1}”"),
    (r"ambiguous option: (.+?) could match (.+)", r"{0} chưa rõ là tùy chọn nào: {1}"),
    (r"argument (.+?): (.+)", r"{0} {1}"),  # our own ArgumentTypeError, already Vietnamese
)


class Formatter(argparse.HelpFormatter):
    """Help text with Vietnamese headings, wide enough for one-line descriptions."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=100)

    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Any, prefix: str | None = None
    ) -> None:
        """Head the usage line in Vietnamese."""
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in text.splitlines())  # keep the lines of epilogues as written


class Parser(argparse.ArgumentParser):
    """A parser whose help and errors are Vietnamese and whose errors are raised, not printed."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", Formatter)
        super().__init__(**{**options, "add_help": False, "allow_abbrev": False})
        self.positional = self.add_argument_group("Tham số")
        self.optional = self.add_argument_group("Tùy chọn")
        self.optional.add_argument("-h", "--help", action="help", help="in hướng dẫn này rồi thoát")
        self.branches: dict[str, Parser] = {}

    def branch(self, **commands: str) -> dict[str, Parser]:
        """Return a parser for each of the commands below this one, given with what they do: `tdkt form add`.

        Which one was given is `options.branch`.
        """
        width = max(map(len, commands))
        rows = [f"  {name:<{width}}  {says}" for name, says in commands.items()]
        self.description = "\n".join([self.description or "", "", "Việc:", *rows])
        given = "|".join(commands)
        self.usage = f"{self.prog} {given} …"
        choices = self.add_subparsers(
            prog=self.prog, dest="branch", metavar=given, required=True, parser_class=Parser, help=argparse.SUPPRESS
        )
        for name, says in commands.items():
            self.branches[name] = choices.add_parser(name, description=f"{says[:1].upper()}{says[1:]}.")
        return self.branches

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with the Vietnamese of `message` and where to read more."""
        raise UsageError(f"Lệnh chưa đúng: {translate(message).rstrip('.')}. Xem hướng dẫn: {self.prog} --help")


def option_type(parse: Callable[[str], Value]) -> Callable[[str], Value]:
    """Return `parse` as an argparse type: what its ValueError says becomes the user's message."""

    def convert(text: str) -> Value:
        try:
            return parse(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return convert


def translate(message: str) -> str:
    """Return argparse's `message` in Vietnamese."""
    for pattern, wording in _MESSAGES:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            groups = [group.replace("'", "").strip() for group in match.groups()]
            return wording.format(*groups) + _suggestion(pattern, groups)
    return message


def _suggestion(pattern: str, groups: list[str]) -> str:
    if "invalid choice" not in pattern:
        return ""
    close = get_close_matches(groups[0], re.split(r",\s*", groups[1]), 1)
    return f" (anh/chị muốn “{close[0]}”?)" if close else ""
