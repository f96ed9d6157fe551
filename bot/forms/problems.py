"""What is wrong with a form workbook, said so that it can be found and put right in Excel."""

from __future__ import annotations

from dataclasses import dataclass

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"  # XLSForm's sheets that are read


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a workbook."""

    row: int | None  # 1-based, the heading row included; None where it concerns the whole file
    message: str  # Vietnamese, what is wrong and what to do
    sheet: str = SURVEY  # that the row is of

    def __str__(self) -> str:
        return f"Trang “{self.sheet}”, dòng {self.row}: {self.message}" if self.row else self.message


class FormError(ValueError):
    """The workbook cannot be used; `problems` says why, row by row."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems
