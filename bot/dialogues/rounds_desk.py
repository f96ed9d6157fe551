"""Rounds under way: who handed in what, a later due time, closing, nudging, exports, reading one report. Pure.

Admins and leaders read and export; what changes something is for those who may manage rounds.
"""

from __future__ import annotations

from dataclasses import replace

from bot.dialogues.managing import (
    CANCEL,
    Pair,
    asks,
    cancels,
    ends,
    found,
    goes_back,
    handle,
    is_question,
    number_in,
    page,
    page_of,
    short,
    typed_in,
    when,
)
from bot.dialogues.review_report import attached, report_parts
from bot.dialogues.rounds_change import ask_close, ask_due, ask_reopen, close, export, nudge, reopen, take_due
from bot.dialogues.rounds_view import BACK_HERE, FILES, GONE, HOLDER, LIST, NEEDS, READ, SHOW, counts, readable, show
from bot.dialogues.rounds_words import choice_meant, due_meant, only_open
from bot.dialogues.state import Context, Managing, State, Step
from bot.domain.messages import Incoming, Reply
from bot.domain.people import Action
from bot.domain.rounds import Round, Submission

_NONE = "Chưa có đợt báo cáo nào."


def rounds(state: State, rest: str, context: Context) -> Step:
    """List the rounds."""
    return _list(state, context, 0)


def chosen(state: State, key: str, context: Context) -> Step:
    """Do what was chosen."""
    managing = state.managing or Managing("list")
    if key == CANCEL.key:
        return show(state, managing.subject, context) if managing.subject else ends(state, "Vâng, dừng ở đây.")
    if (at := page_of(key)) is not None:
        return (
            _which_report(state, managing.subject, context, at)
            if managing.doing == "read"
            else _list(state, context, at)
        )
    if key == LIST.key:
        return _list(state, context, 0)
    if (number := number_in(key, "r")) is not None:
        return show(state, number, context)
    one = context.desk.round(managing.subject)
    if one is None:
        return ends(state, GONE)
    if key in NEEDS and not context.may(NEEDS[key]):
        return Step(state, (Reply("Việc này dành cho người quản trị.", state.choices),))
    return _on_round(state, key, one, managing, context)


def held(state: State, incoming: Incoming, context: Context) -> Step | None:
    """Take a typed line while looking at rounds."""
    managing, text = (
        typed_in(state, incoming, ("list", "show", "due", "read", "report", "close", "reopen")),
        incoming.text,
    )
    if managing is None:
        return None
    if cancels(text):
        return chosen(state, CANCEL.key, context)
    if goes_back(text):
        return (
            show(state, managing.subject, context)
            if managing.doing not in ("list", "show")
            else _list(state, context, 0)
        )
    if (step := _in_words(state, managing, text, context)) is not None:
        return step
    if is_question(text):
        return None
    if managing.doing == "due":
        return take_due(state, managing, due_meant(text) or text, context)
    if managing.doing == "reopen":
        return reopen(state, managing, text, context)
    pairs = _reports(managing.subject, context) if managing.doing in ("read", "report") else _pairs(context)
    key = found(text, pairs)
    return chosen(state, key, context) if key else None


def _in_words(state: State, managing: Managing, typed: str, context: Context) -> Step | None:
    """Do what a choice of a round's card would, where its words are typed: "nhac", "gia han 25/12"."""
    due, key = due_meant(typed), choice_meant(typed)
    if managing.doing not in ("list", "show") or (due is None and key is None) or is_question(typed):
        return None
    known = context.desk.rounds()
    one = context.desk.round(managing.subject) if managing.doing == "show" else only_open(known)
    if one is None:
        return _list(state, context, 0, "Anh/chị chọn đợt trước, rồi gõ lại.\n") if known else None
    at_it = Managing("show", one.id)
    if due is None or not context.may(NEEDS["move"]):
        return chosen(replace(state, owner=HOLDER, managing=at_it), key or "move", context)
    return take_due(state, at_it, due, context)


def _on_round(state: State, key: str, one: Round, managing: Managing, context: Context) -> Step:
    match key:
        case "nudge":
            return nudge(state, one, context)
        case "move":
            return ask_due(state, one)
        case "close":
            return ask_close(state, one, context)
        case "reopen":
            return ask_reopen(state, one)
        case "really":
            return close(state, one, context)
        case "xlsx" | "docx":
            return export(state, one, key, context)
        case "read":
            return _which_report(state, one.id, context, 0)
        case "files":
            return _files(state, managing, context)
        case "show":
            return show(state, one.id, context)
        case _:
            return _report(state, one, key, context)


# The list


def _pairs(context: Context) -> list[Pair]:
    return [(f"r{one.id}", f"{one.title}{' (đã đóng)' if one.closed_at else ''}") for one in context.desk.rounds()]


def _list(state: State, context: Context, at: int, first: str = "") -> Step:
    known = context.desk.rounds()
    if not known:
        return ends(state, f"{_NONE} Gõ /modot để mở đợt." if context.may(Action.MANAGE_ROUNDS) else _NONE)
    lines = [f"{first}Các đợt báo cáo:"]
    for one in known[at : at + 8]:
        end = "đã đóng" if one.closed_at else f"hạn {when(one.due_at)}"
        lines.append(f"• {short(one.title, 120)} – {end}: {counts(context.desk.standings(one.id))}")
    return asks(state, HOLDER, "list", "\n".join(lines), page(_pairs(context), at))


# Reading


def _reports(round_id: int, context: Context) -> list[Pair]:
    standings = context.desk.standings(round_id)
    return [(f"u{handle(one.unit.key)}", one.unit.name) for one in standings if readable(one.submission)]


def _which_report(state: State, round_id: int, context: Context, at: int) -> Step:
    pairs = _reports(round_id, context)
    if not pairs:
        return show(state, round_id, context, "Chưa có báo cáo nào để xem.")
    return asks(state, HOLDER, "read", "Xem báo cáo của đơn vị nào?", (*page(pairs, at), BACK_HERE), subject=round_id)


def _standing(one: Round, name: str, context: Context) -> Submission | None:
    standings = context.desk.standings(one.id)
    return next((each.submission for each in standings if f"u{handle(each.unit.key)}" == name), None)


def _report(state: State, one: Round, key: str, context: Context) -> Step:
    submission = _standing(one, key, context)
    if submission is None or not readable(submission):
        return show(state, one.id, context, "Báo cáo này đang được sửa lại.")
    *parts, last = report_parts(submission, context)
    choices = (*((FILES,) if attached(submission, context) else ()), READ, SHOW)
    before = tuple(map(Reply, parts))
    return asks(state, HOLDER, "report", last, choices, subject=one.id, given=(key,), before=before)


def _files(state: State, managing: Managing, context: Context) -> Step:
    one = context.desk.round(managing.subject)
    submission = _standing(one, managing.given[0], context) if one and managing.given else None
    files = attached(submission, context) if submission is not None and readable(submission) else ()
    return Step(state, tuple(Reply(file.name, file=file) for file in files) or (Reply("Báo cáo này không kèm tệp."),))
