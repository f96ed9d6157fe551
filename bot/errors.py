"""What can go wrong where people meet the program.

    BotError               exit 1: something that should work did not
    ├── UsageError         exit 2: the command, its input or a setting is wrong
    │   └── SettingError   names the variable
    ├── NothingIndexed     there is no index to answer from yet
    ├── PortTaken          another program listens where the web page should
    ├── BadHome            the home folder cannot be made or written
    ├── Conflict           a step was decided on what has changed since: taken again
    └── StillFetching      a step needs a file that is still on its way: taken again

`str(error)` is one Vietnamese line a user reads: what is wrong, then what to do. The packages below have trees of
their own (`knowledge.errors`, …) under the same rule; `bot.cli` prints that line and ends with the error's exit code.
"""

from __future__ import annotations


class BotError(Exception):
    """Base of everything this package raises on purpose."""

    exit_code = 1


class UsageError(BotError):
    """The command line or its input is wrong; trying again unchanged cannot help."""

    exit_code = 2


class SettingError(UsageError):
    """A setting has a value that cannot be used."""

    def __init__(self, variable: str, what: str) -> None:
        super().__init__(f"Thiết lập {variable} {what}")
        self.variable = variable


class NothingIndexed(BotError):
    """The home has no index yet."""

    def __init__(self) -> None:
        super().__init__(
            "Chưa có văn bản nào được lập chỉ mục. Anh/chị chạy: tdkt index <thư mục hoặc tệp văn bản>, rồi hỏi lại."
        )


class PortTaken(BotError):
    """The address is in use."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Cổng {port} trên {host} đang có chương trình khác sử dụng. "
            f"Anh/chị tắt chương trình đó, hoặc chọn cổng khác: tdkt serve --port {port + 1 if port < 65535 else 8000}"
        )


class BadHome(BotError):
    """The home folder cannot be used."""


class Conflict(BotError):
    """The database changed between deciding a step and keeping it; nothing of it was kept."""


class StillFetching(BotError):
    """A file that a step needs is still being downloaded; nobody did anything wrong."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Tệp “{name}” đang được tải về.")
