"""What each choice of a report does, tapped or typed."""

from __future__ import annotations

from collections.abc import Callable

from bot.dialogues.report import answering, asking, entering, moving, receiving, reviewing
from bot.dialogues.report.sheet import Doing, Sheet, step
from bot.dialogues.state import State, Step
from bot.domain.filling import missing


def act(state: State, sheet: Sheet, key: str) -> Step:
    """Do what the choice `key` says; where it no longer fits, ask again what is asked."""
    doing, asked = sheet.filling.doing, sheet.filling.asked
    if doing == Doing.ASK and asked:
        return _at_prompt(state, sheet, key)
    if doing == Doing.ATTACH:
        return receiving.attach(state, sheet, key)
    known = _ACTS.get((Doing(doing), key))
    return known(state, sheet) if known else step(state, sheet, moving.here(sheet))


def _at_prompt(state: State, sheet: Sheet, key: str) -> Step:
    spot = sheet.filling.asked[0]
    if not asking.still_there(sheet, sheet.filling.asked):
        return step(state, sheet, asking.go_on(sheet))
    if spot.more:
        return answering.more(state, sheet, another=key == "yes")
    prompt = sheet.prompt(spot)
    if key == "quote" and sheet.filling.typed:
        return answering.write_text(state, sheet, spot, sheet.filling.typed[0])
    if key.startswith("o") and key[1:].isdecimal() and int(key[1:]) < len(prompt.options):
        return answering.write_stored(state, sheet, spot, prompt.options[int(key[1:])].name)
    if key == "default":
        return answering.write_default(state, sheet, spot)
    simple: dict[str, Callable[[State, Sheet], Step]] = {
        "skip": answering.skip,
        "keep": answering.keep,
        "clear": answering.clear,
        "done": answering.done,
    }
    return simple[key](state, sheet) if key in simple else step(state, sheet, moving.here(sheet))


def _overwrite(state: State, sheet: Sheet) -> Step:
    values = dict(zip(sheet.filling.asked, sheet.filling.typed, strict=False))
    return answering.write(state, sheet, values)


def _to_missing(state: State, sheet: Sheet) -> Step:
    spot = next(iter(missing(sheet.form, sheet.draft, sheet.today)), None)
    return step(state, sheet, asking.ask(sheet, (spot,)) if spot else reviewing.review(sheet))


def _on(state: State, sheet: Sheet) -> Step:
    return step(state, sheet, asking.go_on(sheet))


_ACTS: dict[tuple[Doing, str], Callable[[State, Sheet], Step]] = {
    (Doing.START, "copy"): lambda state, sheet: entering.begin(state, sheet, copy=True),
    (Doing.START, "fresh"): lambda state, sheet: entering.begin(state, sheet, copy=False),
    (Doing.REVIEW, "submit"): reviewing.submit,
    (Doing.REVIEW, "edit"): moving.which,
    (Doing.REVIEW, "missing"): _to_missing,
    (Doing.REVIEW, "later"): moving.later,
    (Doing.CANCEL, "discard"): moving.discard,
    (Doing.CANCEL, "later"): moving.later,
    (Doing.CANCEL, "go"): _on,
    (Doing.DROP, "drop"): moving.dropped,
    (Doing.DROP, "go"): _on,
    (Doing.CLASH, "over"): _overwrite,
    (Doing.CLASH, "theirs"): answering.keep,
}
