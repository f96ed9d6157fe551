"""The duties that documents state, one at a time beside their words: confirmed, corrected, merged or passed over. Pure.

What changed in the documents comes first, then new duties, the soonest due first. A duty without a date cannot be
confirmed before an admin gives one.
"""

from __future__ import annotations

from bot.dialogues import obligations_deciding as deciding
from bot.dialogues import obligations_edit as edit
from bot.dialogues import obligations_round as opening
from bot.dialogues.managing import (
    BACK,
    ON_A_PAGE,
    Pair,
    asks,
    cancels,
    ends,
    found,
    goes_back,
    is_question,
    page,
    page_of,
    short,
    typed_in,
)
from bot.dialogues.obligations_view import (
    GONE,
    HOLDER,
    LATER,
    LIST,
    NEXT,
    OPEN,
    STATUSES,
    card,
    find,
    item_label,
    named,
    terms_in,
    terms_of,
)
from bot.dialogues.state import Context, Managing, State, Step
from bot.domain.choosing import choose
from bot.domain.messages import Choice, Incoming, Reply
from bot.domain.obligations import Item, waiting
from bot.domain.people import Action

PREFIX = "nv"  # of pushed choices: "!nv:nv-0123456789abcdef"
_DOINGS = (
    "card",
    "edit",
    "what",
    "time",
    "recur",
    "days",
    "units",
    "ladder",
    "merge",
    "form",
    "round",
    "list",
    "confirmed",
)
_NONE = "Các văn bản đang có không nêu nhiệm vụ nào cần xác nhận."
_NOT_ALLOWED = "Việc này dành cho người quản trị."


def duties(state: State, rest: str, context: Context) -> Step:
    """Show the first duty that waits, or what was decided where none does; of those that `rest` names, if any."""
    items = context.duties.items()
    open_ones = waiting(items, context.now)
    if rest.strip():
        return _named(state, short(rest, 60), [*open_ones, *(one for one in items if one not in open_ones)], context)
    if open_ones:
        return card(state, open_ones[0].key, context)
    if not any(one.decision for one in items):
        return ends(state, _NONE)
    return _list(state, context, 0, "Không còn nhiệm vụ nào chờ xác nhận.")


def _named(state: State, words: str, items: list[Item], context: Context) -> Step:
    shown = named(words, items)
    if len(shown) == 1:
        return card(state, shown[0].key, context)
    if not shown:
        return ends(state, f"Không có nhiệm vụ nào khớp “{words}”. Gõ /nhiemvu để xem lần lượt.")
    most = "" if len(shown) <= ON_A_PAGE else f", {ON_A_PAGE} nhiệm vụ đầu"
    pairs = [(f"d{one.key}", f"{one.proposal.name}, {item_label(one)}") for one in shown[:ON_A_PAGE]]
    says = f"Có {len(shown)} nhiệm vụ khớp “{words}”{most}:"
    return asks(state, HOLDER, "list", says, (*page(pairs), LATER))


def pushed(state: State, key: str, context: Context) -> Step:
    """Show the duty of a message that we wrote first."""
    if not context.may(Action.CONFIRM_OBLIGATIONS):
        return Step(state, (Reply(_NOT_ALLOWED),))
    return card(state, key, context)


def chosen(state: State, key: str, context: Context) -> Step:
    """Do what was chosen."""
    managing = state.managing or Managing("list")
    if key == LATER.key:
        return ends(state, "Vâng. Khi cần, anh/chị gõ /nhiemvu.")
    if key == LIST.key:
        return _list(state, context, 0)
    items = context.duties.items()
    if key.startswith("d") and (shown := find(key[1:], items)) is not None:
        return card(state, shown.key, context)
    at = page_of(key)
    if managing.doing == "list":
        return _list(state, context, at or 0)
    item = find(managing.given[0], items) if managing.given else None
    if item is None:
        return ends(state, GONE)
    if at is not None:
        return (
            opening.ask_form(state, item, context, at)
            if managing.doing == "form"
            else _merging(state, item, at, context)
        )
    return _on(state, key, item, managing, context)


def _merging(state: State, item: Item, at: int, context: Context) -> Step:
    return edit.ask_merge(state, item, context.duties.items(), at)


def _on(state: State, key: str, item: Item, managing: Managing, context: Context) -> Step:
    """Do what was chosen about one duty."""
    draft = terms_in(managing.given) if managing.doing not in ("round", "form") else None
    match key:
        case "confirm":
            return deciding.confirm_it(state, item, draft or terms_of(item, context), context)
        case "next":
            return _next(state, item, context)
        case "dismiss":
            return deciding.dismiss_it(state, item, context)
        case "again" | "drop" | "card" | BACK.key:
            return deciding.turn_back(state, key, item, draft, context)
        case "keep" | "adopt" | "close":
            return deciding.after_change(state, key, item, context)
        case "open":
            return opening.ask_form(state, item, context)
        case "go" | "auto":
            return opening.open_it(state, item, managing, context, now=key == "go")
        case "merge":
            return _merging(state, item, 0, context)
        case _:
            return _correcting(state, key, item, managing, context)


def _correcting(state: State, key: str, item: Item, managing: Managing, context: Context) -> Step:
    terms = edit.draft_of(item, managing, context) if managing.doing not in ("round", "form") else None
    if managing.doing == "form" or terms is None:
        return opening.take_form(state, item, key, context)
    if managing.doing == "merge" and key.startswith("m"):
        return edit.take_merge(state, item, key[1:], context)
    match key:
        case "edit":
            return edit.ask_edit(state, item, terms)
        case "what":
            return edit.ask_what(state, item, terms)
        case "time":
            return edit.ask_time(state, item, terms)
        case "units":
            return edit.ask_units(state, item, terms, context)
        case "ladder":
            return edit.ask_ladder(state, item, terms, context)
        case "recur":
            return edit.ask_recurrence(state, item, terms)
        case _:
            return edit.take_recurrence(state, item, terms, key)


def held(state: State, incoming: Incoming, context: Context) -> Step | None:
    """Take a typed line while a duty is looked at."""
    managing, text = typed_in(state, incoming, _DOINGS), incoming.text
    if managing is None:
        return None
    if managing.doing == "list":
        key = found(text, _decided(context))
        return chosen(state, key, context) if key else (chosen(state, LATER.key, context) if cancels(text) else None)
    item = opening.find_item(managing, context)
    if item is None:
        return None
    if (key := _offered(state, item, managing, text, context)) is not None:
        return _on(state, key, item, managing, context)
    if cancels(text) or goes_back(text):
        if managing.doing in ("card", "confirmed"):
            return chosen(state, LATER.key, context)
        return _on(state, "card", item, managing, context)
    match managing.doing:
        case "card" | "edit":
            return edit.take_time_on_card(state, item, edit.draft_of(item, managing, context), text, context)
        case "form":
            return opening.typed_form(state, item, text, context)
        case "merge":
            key = None if is_question(text) else found(text, edit.others(item, context.duties.items()))
            return edit.take_merge(state, item, key[1:], context) if key else None
        case _:
            return edit.take_typed(state, item, managing, text, context)


def _offered(state: State, item: Item, managing: Managing, typed: str, context: Context) -> str | None:
    """Return the choice that was typed although a question to the documents came in between; None: none of them."""
    draft = terms_in(managing.given)
    match managing.doing:
        case "card":
            shown = card(state, item.key, context, draft).state.choices
        case "edit":
            shown = edit.ask_edit(state, item, edit.draft_of(item, managing, context)).state.choices
        case "recur":
            shown = edit.ask_recurrence(state, item, edit.draft_of(item, managing, context)).state.choices
        case "confirmed":
            shown = (OPEN, NEXT)
        case _:
            return None
    if typed.strip(" .)").isdecimal():  # the number of another choice by now
        return None
    if managing.doing == "card" and (key := deciding.corrects(typed)):
        return key
    at = choose(typed, [choice.label for choice in shown])
    return shown[at].key if at is not None else None


def _next(state: State, item: Item, context: Context) -> Step:
    open_ones = waiting(context.duties.items(), context.now)
    keys = [one.key for one in open_ones]
    if not keys:
        return duties(state, "", context)
    at = keys.index(item.key) + 1 if item.key in keys else 0
    return card(state, keys[at % len(keys)], context)


# What was decided


def _decided(context: Context) -> list[Pair]:
    return [
        (f"d{one.key}", f"{item_label(one)} ({STATUSES[one.status]})")
        for one in context.duties.items()
        if one.decision is not None
    ]


def _list(state: State, context: Context, at: int, first: str = "") -> Step:
    pairs = _decided(context)
    if not pairs:
        return duties(state, "", context)
    says = f"{first} Anh/chị đã quyết định về {len(pairs)} nhiệm vụ:".strip()
    wait = waiting(context.duties.items(), context.now)
    more = (Choice(f"d{wait[0].key}", f"Chờ xác nhận ({len(wait)})"),) if wait else ()
    return asks(state, HOLDER, "list", says, (*page(pairs, at), *more, LATER))
