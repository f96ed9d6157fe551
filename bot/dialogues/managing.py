"""What the dialogues of admins share: asking one thing at a time, leaving, going back, lists on a phone.

Pure. What is under way is in `State.managing`; whoever asks is both the owner of the choices and the holder of plain
text, so that a tap, a number, a label and a name typed in any spelling all arrive.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.asking import VIETNAM
from bot.dialogues.report.questions import must_be_question, reads_like_question
from bot.dialogues.state import Effect, Managing, State, Step
from bot.domain.ids import id_in
from bot.domain.messages import Choice, Incoming, IncomingKind, OutFile, Reply
from knowledge.text import fold, normalise

ON_A_PAGE = 8  # choices of a list shown at once: more buttons than that scroll off a phone
LONGEST = 3500  # characters of one reply
MORE = "more"  # begins the key of the choice that shows the next page
CANCEL = Choice("cancel", "Hủy")
BACK = Choice("back", "Quay lại")
_LONGEST_LABEL = 60  # characters: a button shows less, a numbered line all of it
_CANCELS = {"huy", "huy bo", "thoi", "bo", "dung", "dung lai", "thoat", "khong lam nua", "cancel"}
_STOPS = {"dung", "dừng", "đừng"}
_GOES_BACK = {"quay lai", "lui", "tro lai", "back", "buoc truoc"}

Pair = tuple[str, str]  # key and label of something that may be chosen


def asks(
    state: State,
    holder: str,
    doing: str,
    says: str,
    choices: Sequence[Choice] = (),
    *,
    subject: int = 0,
    given: tuple[str, ...] = (),
    before: Sequence[Reply] = (),  # said first
    file: OutFile | None = None,
) -> Step:
    """Return the step that says something and waits for what is chosen or typed."""
    offered = tuple(choices)
    managing = Managing(doing, subject, given)
    after = replace(state, owner=holder, holder=holder, managing=managing, choices=offered)
    return Step(after, (*before, Reply(says, offered, file)))


def ends(state: State, says: str, *effects: Effect, good_until: datetime | None = None) -> Step:
    """Return the step that ends what was under way; `good_until` where a one-time code is said, the end of it."""
    after = replace(state, owner="ask", holder="", managing=None, choices=())
    return Step(after, (Reply(says, secret=good_until is not None, good_until=good_until),), effects)


def with_effects(step: Step, *effects: Effect) -> Step:
    """Return `step` with effects added."""
    return replace(step, effects=(*step.effects, *effects))


def typed_in(state: State, incoming: Incoming, doing: Sequence[str]) -> Managing | None:
    """Return what is under way where the message is text for one of these; None: it is for somebody else."""
    now = state.managing
    if incoming.kind is not IncomingKind.TEXT or now is None or now.doing not in doing or not incoming.text.strip():
        return None
    return now


def cancels(typed: str) -> bool:
    """Tell whether "hủy" was typed; "đúng" and "Dũng" are not "dừng"."""
    words = _plain(typed)
    return words in _CANCELS and (words != "dung" or normalise(typed).strip(" .!").lower() in _STOPS)


def goes_back(typed: str) -> bool:
    """Tell whether "quay lại" was typed."""
    return _plain(typed) in _GOES_BACK


def is_question(typed: str) -> bool:
    """Tell whether what should be a choice or a date is a question about the documents."""
    return reads_like_question(typed) or must_be_question(typed)


def page(pairs: Sequence[Pair], at: int = 0) -> tuple[Choice, ...]:
    """Return the choices of one page of a list, with one to the next page where there is more."""
    shown = [Choice(key, short(label)) for key, label in pairs[at : at + ON_A_PAGE]]
    left = len(pairs) - at - ON_A_PAGE
    if left > 0:
        shown.append(Choice(f"{MORE}{at + ON_A_PAGE}", f"Xem thêm ({left})"))
    return tuple(shown)


def page_of(key: str) -> int | None:
    """Return where the page begins that `key` asks for; None when it is another choice."""
    return number_in(key, MORE)


def found(typed: str, pairs: Sequence[Pair]) -> str | None:
    """Return the key of the one thing that `typed` names, by its label or a part of it; None: none, or several."""
    words = _plain(typed)
    labels = [_plain(label) for _, label in pairs]
    if not words:
        return None
    for matches in (
        [at for at, label in enumerate(labels) if label == words],
        [at for at, label in enumerate(labels) if len(words) >= 2 and f" {words} " in f" {label} "],
        [at for at, label in enumerate(labels) if " " in words and set(words.split()) <= set(label.split())],
    ):
        if len(matches) == 1:
            return pairs[matches[0]][0]
    return None


def handle(key: str) -> str:
    """Return a name for a unit that fits into a button: keys of units are as long as people make them."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def number_in(key: str, prefix: str) -> int | None:
    """Return the number in a choice's key, 7 for "p7" with the prefix "p"; None when it is another choice."""
    return id_in(key.removeprefix(prefix)) if key.startswith(prefix) else None


def short(text: str, most: int = _LONGEST_LABEL) -> str:
    """Return `text` on one line of at most `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def when(at: datetime) -> str:
    """Return a moment as people read it: "17:00 ngày 15/12/2025"."""
    return at.astimezone(VIETNAM).strftime("%H:%M ngày %d/%m/%Y")


def in_parts(text: str, most: int = LONGEST) -> list[str]:
    """Return `text` in parts of at most `most` characters, cut between lines, or words where a line is too long."""
    parts: list[str] = []
    while len(text) > most:
        cut = max(text.rfind("\n", 1, most), 0) or text.rfind(" ", most // 2, most)
        cut = cut if cut > 0 else most
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*parts, text] if text or not parts else parts


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(normalise(text))))
