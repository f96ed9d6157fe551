"""The documents of the library: a list to page through, one looked at; for admins what may be done with it. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot import wording
from bot.card import lay_out
from bot.dialogues.documents_change import HOLDER, RESTORE, Subject, acts, change, typed
from bot.dialogues.managing import (
    CANCEL,
    Pair,
    asks,
    cancels,
    ends,
    found,
    handle,
    is_question,
    page,
    page_of,
    short,
    typed_in,
)
from bot.dialogues.state import Context, State, Step
from bot.domain.messages import Choice, Incoming, Reply
from bot.domain.people import Action
from bot.domain.publishing import Publication, Standing, standing
from bot.render import where
from knowledge.pages import doubtful_pages
from knowledge.text import fold, syllables

if TYPE_CHECKING:
    from bot.asking import Library
    from index.card import DocumentCard
    from knowledge.document import Document

NOTHING = "Chưa có văn bản nào được nạp nên tôi chưa trả lời được. Anh/chị báo người quản trị nạp văn bản giúp."
__all__ = ["HOLDER", "chosen", "documents", "held", "search"]

_ON_A_PAGE = 8
_HEADINGS, _DUTIES, _FOUND, _PASSAGES = 12, 5, 10, 3
_LIST = Choice("list", "Danh sách")
_HANDLE = 12  # hex digits of a digest in a key


def documents(state: State, rest: str, context: Context) -> Step:
    """List the documents the writer may see; admins see what became of each."""
    if not rest:
        return _list(state, context, 0)
    library = context.library()
    named = _named(rest, library) if library else []
    keys = [f"v{card.digest[:_HANDLE]}" for card in named] + _withdrawn_named(rest, context)
    if len(keys) == 1:
        return _show(state, keys[0], context)
    return _search(state, rest, context)


def search(state: State, rest: str, context: Context) -> Step:
    """Find documents and passages by words."""
    if not rest:
        return Step(state, (Reply("Anh/chị gõ từ khóa sau lệnh, ví dụ: /timkiem thi đua khen thưởng."),))
    return _search(state, rest, context)


def chosen(state: State, key: str, context: Context) -> Step:
    """Do what was chosen."""
    if key == CANCEL.key:
        return ends(state, "Vâng, giữ nguyên.")
    if key == _LIST.key:
        return _list(state, context, 0)
    managing = state.managing
    if (at := page_of(key)) is not None and managing is not None and managing.doing == "list":
        return _list(state, context, at)
    if key.startswith(("v", "w")) and re.fullmatch(r"[0-9a-f]{12}", key[1:]):
        return _show(state, key, context)
    subject = _subject(state, context)
    if subject is None or not context.may(Action.MANAGE_DOCUMENTS):
        return _list(state, context, 0, "Văn bản này không còn trong danh sách.\n")
    return change(state, key, subject, context)


def held(state: State, incoming: Incoming, context: Context) -> Step | None:
    """Take a typed line: a document of the list by its name, or an answer to what was asked about one."""
    managing = typed_in(state, incoming, ("list", "show", "withdraw", "replace", "units"))
    if managing is None:
        return None
    if cancels(incoming.text):
        return chosen(state, CANCEL.key, context)
    if managing.doing in ("replace", "units"):
        subject = _subject(state, context)
        if subject is not None and context.may(Action.MANAGE_DOCUMENTS) and not is_question(incoming.text):
            return typed(state, incoming.text, subject, context)
        return None
    if managing.doing != "list" or is_question(incoming.text):
        return None
    key = found(incoming.text, _pairs(context))
    return _show(state, key, context) if key else None


def _list(state: State, context: Context, at: int, first: str = "") -> Step:
    library = context.library()
    pairs = _pairs(context)
    if not pairs:
        return Step(state, (Reply(f"{first}{NOTHING}"),))
    cards = library.cards if library else ()
    decided = context.shelf.decided() if context.may(Action.MANAGE_DOCUMENTS) else {}
    lines = [f"{first}Đang có {wording.count(len(cards), 'văn bản')}:"] if at == 0 else [f"Từ văn bản thứ {at + 1}:"]
    lines += [_line(card, decided.get(card.key)) for card in cards[at : at + _ON_A_PAGE]]
    gone = [one for one in decided.values() if one.standing is Standing.WITHDRAWN]
    if at + _ON_A_PAGE >= len(cards):
        lines += [f"• {one.name} · đã gỡ" for one in gone]
    if state.holder == "report":  # choices here would take the place of the report's
        left = len(cards) - at - _ON_A_PAGE
        lines += [f"… và {wording.count(left, 'văn bản khác')}."] if left > 0 else []
        return Step(state, (Reply("\n".join(lines)),))
    return asks(state, HOLDER, "list", "\n".join(lines), page(pairs, at))


def _line(card: DocumentCard, decided: Publication | None) -> str:
    date = card.header.date.vietnamese() if card.header.date else None
    parts = (wording.name(card.header), card.header.issuer, date, card.header.subject, standing(decided))
    return "• " + " · ".join(part for part in parts if part)


def _pairs(context: Context) -> list[Pair]:
    """Return what may be opened: the documents, and for admins those that were withdrawn."""
    library = context.library()
    shown = [(f"v{card.digest[:_HANDLE]}", _label(card)) for card in (library.cards if library else ())]
    if not context.may(Action.MANAGE_DOCUMENTS):
        return shown
    gone = [one for one in context.shelf.decided().values() if one.standing is Standing.WITHDRAWN]
    return [*shown, *((_withdrawn_key(one.document), f"{one.name} (đã gỡ)") for one in gone)]


def _label(card: DocumentCard) -> str:
    return " – ".join(part for part in (wording.name(card.header), card.header.subject) if part)


def _withdrawn_key(document: str) -> str:
    return f"w{handle(document)}"


def _show(state: State, key: str, context: Context) -> Step:
    library = context.library()
    manages = context.may(Action.MANAGE_DOCUMENTS)
    decided = context.shelf.decided() if manages else {}
    if key.startswith("w"):
        gone = next((one for one in decided.values() if _withdrawn_key(one.document) == key), None)
        if gone is None or gone.standing is not Standing.WITHDRAWN:
            return _list(state, context, 0, "Văn bản này không còn ở danh sách đã gỡ.\n")
        says = f"{gone.name}: đã gỡ, không ai tra cứu được. Bản gốc vẫn được giữ."
        return asks(state, HOLDER, "show", says, (RESTORE, _LIST), given=(gone.document,))
    at = (
        next((at for at, card in enumerate(library.cards) if card.digest.startswith(key[1:])), None)
        if library
        else None
    )
    if library is None or at is None:
        return _list(state, context, 0, "Văn bản này vừa được cập nhật hoặc gỡ bỏ.\n")
    card = library.cards[at]
    says = "\n".join(_described(card, library.document(at), decided.get(card.key), context))
    choices = (*acts(decided.get(card.key)), _LIST) if manages else (_LIST,)
    if state.holder == "report":
        return Step(state, (Reply(says),))
    return asks(state, HOLDER, "show", says, choices, given=(card.key,))


def _described(card: DocumentCard, document: Document, decided: Publication | None, context: Context) -> list[str]:
    header = card.header
    date = header.date.vietnamese() if header.date else ""
    lines = [wording.name(header), header.subject or "", " · ".join(one for one in (header.issuer or "", date) if one)]
    if decided is not None and not decided.plain:
        units = {unit.key: unit.name for unit in context.office.units()}
        lines.append(f"Tình trạng: {standing(decided, units)}")
    pages = ", ".join(str(page.number) for page in doubtful_pages(card.findings))
    if pages:
        lines.append(f"Đọc từ bản scan; chữ ở trang {pages} có thể sai, anh/chị đối chiếu với bản gốc.")
    top = [one for one in document.sections if one.heading and one.parent is None and one.label]
    if top:
        lines.append("Các phần:")
        lines += [f"• {one.label}. {one.heading}" for one in top[:_HEADINGS]]
    duties = [one for one in card.obligations if one.when][:_DUTIES]
    if duties:
        lines.append("Thời hạn:")
        lines += [
            f"• {wording.DUTIES[one.kind]}: {short(one.what, 120)} ({one.when.text})" for one in duties if one.when
        ]
    return [line for line in lines if line]


def _search(state: State, words: str, context: Context) -> Step:
    library = context.library()
    if library is None:
        return Step(state, (Reply(NOTHING),))
    answer = library.ask(words[:300], now=context.now)
    laid = lay_out(answer, library.cards)
    places = [one for one in (*laid.leads, *laid.others, *laid.elsewhere) if _has_words(one.quote, words)]
    named = _named(words, library)
    lines = []
    if named:
        lines += [f"Văn bản ({len(named)}):", *(_line(card, None) for card in named[:_FOUND])]
    if places:
        lines += ["Đoạn gần nhất:", *(f"“{short(one.quote, 300)}”\n— {where(one)}" for one in places[:_PASSAGES])]
    if not lines:
        return Step(state, (Reply(f"Không tìm thấy “{words[:60]}” trong các văn bản."),))
    if state.holder == "report" or not named:
        return Step(state, (Reply("\n".join(lines)),))
    pairs = [(f"v{card.digest[:_HANDLE]}", _label(card)) for card in named]
    return asks(state, HOLDER, "list", "\n".join(lines), page(pairs[:_ON_A_PAGE]))


def _has_words(text: str, words: str) -> bool:
    """Tell whether a passage has half of the words somebody looks for; what is merely near is no find."""
    wanted = set(syllables(fold(words)))
    return 2 * len(wanted & set(syllables(fold(text)))) >= len(wanted) > 0


def _withdrawn_named(words: str, context: Context) -> list[str]:
    """Return the keys of withdrawn documents whose name has all the words, for those who may restore them."""
    wanted = set(syllables(fold(words)))
    return [key for key, label in _pairs(context) if key.startswith("w") and wanted <= set(syllables(fold(label)))]


def _named(words: str, library: Library) -> list[DocumentCard]:
    """Return the documents whose name, symbol, issuer or subject has all the words."""
    wanted = set(syllables(fold(words)))
    return [
        card
        for card in library.cards
        if wanted
        and wanted <= set(syllables(fold(" ".join([_label(card), card.header.issuer or "", card.header.title]))))
    ]


def _subject(state: State, context: Context) -> Subject | None:
    """Return the document under way, as it stands now."""
    given = state.managing.given if state.managing else ()
    if not given:
        return None
    key, library = given[0], context.library()
    decided = context.shelf.decided().get(key)
    card = next((card for card in library.cards if card.key == key), None) if library else None
    if card is None and (decided is None or decided.standing is not Standing.WITHDRAWN):
        return None
    name = wording.name(card.header) if card else decided.name if decided else ""
    now = decided or Publication(key, name, Standing.IN_FORCE)
    return Subject(replace(now, name=name), tuple(given[1:]))
