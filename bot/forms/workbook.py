"""A workbook as somebody sent it, read as a form: the form, or what is wrong with it in words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

from bot.domain.forms import Form
from bot.forms.problems import FormError, Problem
from bot.forms.xlsform import read_form
from knowledge.text import fold

_UNSET = "data"  # what pyxform calls a form whose workbook does not say


def read_workbook(content: bytes, name: str) -> tuple[Form | None, tuple[str, ...]]:
    """Return the form in a workbook named `name`, or its problems with their rows, one Vietnamese line each.

    A form that does not give its id or title has those of its file: all such forms must not be versions of one.
    """
    try:
        form = read_form(content)
    except FormError as error:
        return None, tuple(map(_told, error.problems))
    form_id = form_id_of(name) if form.form_id == _UNSET else form.form_id
    title = _stem(name) if form.title == _UNSET else form.title
    return replace(form, form_id=form_id, title=title), ()


def _told(problem: Problem) -> str:
    says = str(problem)
    return f"{says[:1].upper()}{says[1:]}."


def form_id_of(name: str) -> str:
    """Return "bao_cao_quy" for "Báo cáo quý (2).xlsx": a copy that was downloaded again is the same form."""
    return re.sub(r"[^a-z0-9]+", "_", fold(_stem(name))).strip("_")[:64] or "bieu_mau"


def _stem(name: str) -> str:
    return re.sub(r"\s*\(\d+\)$", "", PurePath(name).stem).strip() or "Biểu mẫu"
