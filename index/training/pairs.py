"""Synthetic (question, passage) pairs out of official texts: what the model is trained on.

Knows nothing of models. Every text comes out as normalised syllables joined by spaces, which is also what the
shipped encoder feeds its tokenizer.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.training.colloquial import reworded, thinned
from index.training.corpora import Source
from index.training.perturb import as_typed
from knowledge.text import syllables

LONGEST = 180  # syllables of a passage to train on: most passages are shorter, and time goes with length
_CLAUSE = re.compile(r"[.;:\n?!]+")

# How a heading becomes a question. {} is the heading, already in lower case.
_TEMPLATES = """
{}|{}|{}|quy định về {}|{} được quy định như thế nào|{} gồm những gì|{} là gì|{} ra sao|{} như thế nào
{} bao gồm những nội dung nào|ai có trách nhiệm {}|cơ quan nào có thẩm quyền {}|khi nào thì {}|thời hạn {} là bao lâu
điều kiện để {} là gì|hồ sơ {} gồm những giấy tờ gì|muốn {} thì phải làm sao|có được {} không|mức {} là bao nhiêu
cho hỏi {}|{} theo quy định mới nhất|đơn vị nào chủ trì {}|nội dung {} cụ thể thế nào|{} phải đáp ứng yêu cầu gì
việc {} được thực hiện như thế nào|trình tự {} ra sao|{} gửi cho ai|hạn chót {} là ngày nào|căn cứ nào để {}
"""
TEMPLATES = tuple(template.strip() for template in _TEMPLATES.replace("\n", "|").split("|") if template.strip())


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and the passage that answers it, both as normalised syllables joined by spaces."""

    query: str
    passage: str


@dataclass(frozen=True, slots=True)
class Shares:
    """How often each kind of question is made of a source; the kinds that a source does not allow fall to the next."""

    heading: float = 0.4  # the heading asks, the body answers
    snippet: float = 0.3  # the heading with words of one clause asks, the whole answers
    clause: float = 0.3  # a clause asks, the rest of the source (or, now and then, the whole) answers
    folded: float = 0.45  # of all questions, how many lose their diacritics
    # The contextual encoder learns from questions that say it in other words; at zero the static model's pairs result.
    reworded: float = 0.0  # of all questions, how many say things in other words (`colloquial`)
    thinned: float = 0.0  # of all questions, how many lose part of the words that their passage has
    longest: int = LONGEST  # syllables of a passage


def clauses(text: str) -> list[list[str]]:
    """Return the clauses of `text` as lists of syllables, enumeration marks and other very short ones left out."""
    return [words for part in _CLAUSE.split(text) if len(words := syllables(part)) > 1]


def telling_headings(sources: Sequence[Source], most: int = 4) -> frozenset[str]:
    """Return the headings that name their source: "Hiệu lực thi hành" over thousands of articles asks for none."""
    counts = Counter(source.heading for source in sources if not source.procedure)
    own = {heading for heading, seen in counts.items() if seen <= most and len(heading) > 8}
    return frozenset(own | {source.heading for source in sources if source.procedure})


def make_pairs(
    sources: Sequence[Source], telling: frozenset[str], shares: Shares, passes: int, rng: random.Random
) -> Iterator[Pair]:
    """Yield up to `passes` different pairs a source, all sources shuffled anew for each pass."""
    order = list(range(len(sources)))
    cut = [clauses(source.text) for source in sources]
    for _ in range(passes):
        rng.shuffle(order)
        for position in order:
            pair = make_pair(sources[position], cut[position], sources[position].heading in telling, shares, rng)
            if pair:
                yield pair


def make_pair(source: Source, parts: list[list[str]], telling: bool, shares: Shares, rng: random.Random) -> Pair | None:
    """Return one pair of `source`, whose clauses are `parts`; None where there is nothing to ask."""
    if not parts:
        return None
    heading = syllables(source.heading) + (syllables(source.topic) if source.procedure else [])
    draw = rng.random()
    long_enough = [at for at, part in enumerate(parts) if len(part) >= 6]
    if telling and draw < shares.heading:
        query, passage = _ask_heading(source, heading, parts, shares.longest, rng)
    elif telling and long_enough and draw < shares.heading + shares.snippet:
        query, passage = _ask_snippet(heading, parts, rng.choice(long_enough), shares.longest, rng)
    elif len(long_enough) > 1:
        query, passage = _ask_clause(heading, parts, rng.choice(long_enough), shares.longest, rng)
    else:
        return None
    if shares.reworded and rng.random() < shares.reworded:
        query = reworded(query, 0.7, rng)
    if shares.thinned and rng.random() < shares.thinned:
        query = thinned(query, frozenset(passage), rng.uniform(0.2, 0.7), rng)
    words = as_typed(query, rng, folded=shares.folded)
    return Pair(" ".join(words), " ".join(passage)) if words and len(passage) > 4 else None


def _ask_heading(
    source: Source, heading: list[str], parts: list[list[str]], longest: int, rng: random.Random
) -> tuple[list[str], list[str]]:
    """A question of the heading alone, perhaps with the field of law; the body, seldom under its heading, answers."""
    asked = heading if len(heading) < 12 or rng.random() < 0.5 else _stretch(heading, 6, len(heading), rng)
    if source.topic and not source.procedure and rng.random() < 0.2:
        asked = [*asked, *syllables(source.topic)]
    body = _window(parts, longest, rng)
    return _phrase(asked, rng), [*heading, *body][:longest] if rng.random() < 0.25 else body


def _ask_snippet(
    heading: list[str], parts: list[list[str]], at: int, longest: int, rng: random.Random
) -> tuple[list[str], list[str]]:
    """A question of some words of the heading and some of one clause; the clause with its surroundings answers."""
    asked = [*_stretch(heading, 3, 10, rng), *_stretch(parts[at], 3, 8, rng)]
    return _phrase(asked, rng), [*heading, *_window(parts, longest, rng, around=at)][:longest]


def _ask_clause(
    heading: list[str], parts: list[list[str]], at: int, longest: int, rng: random.Random
) -> tuple[list[str], list[str]]:
    """The inverse cloze task (Lee et al. 2019): a clause asks for what stands around it."""
    asked = _stretch(parts[at], 5, 16, rng)
    if rng.random() < 0.2:
        return _phrase(asked, rng), [*heading, *_window(parts, longest, rng, around=at)][:longest]
    rest = [part for position, part in enumerate(parts) if position != at]
    return _phrase(asked, rng), [*heading, *_window(rest, longest, rng, around=min(at, len(rest) - 1))][:longest]


def _phrase(asked: list[str], rng: random.Random) -> list[str]:
    """Return the words as a question, or now and then as they are."""
    return rng.choice(TEMPLATES).format(" ".join(asked)).split()


def _stretch(words: list[str], least: int, most: int, rng: random.Random) -> list[str]:
    """Return a random run of `least` to `most` words, or all of them where they are fewer."""
    length = min(len(words), rng.randint(least, max(least, most)))
    first = rng.randint(0, len(words) - length)
    return words[first : first + length]


def _window(parts: list[list[str]], longest: int, rng: random.Random, around: int | None = None) -> list[str]:
    """Return at most `longest` words of consecutive clauses, `around` (else a random one, else all) among them."""
    if sum(map(len, parts)) <= longest:
        return [word for part in parts for word in part]
    first = last = rng.randrange(len(parts)) if around is None else around
    words = len(parts[first])
    while words < longest and (first > 0 or last < len(parts) - 1):
        if last == len(parts) - 1 or (first > 0 and rng.random() < 0.5):
            first -= 1
            words += len(parts[first])
        else:
            last += 1
            words += len(parts[last])
    return [word for part in parts[first : last + 1] for word in part][:longest]
