"""`tdkt evaluate`: how well questions with known answers are answered."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.arguments import Parser
from bot.console import progress_bar
from bot.errors import UsageError
from bot.settings import Settings

NAME = "evaluate"
HELP = "đo chất lượng trả lời trên bộ câu hỏi có đáp án"


def configure(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.positional.add_argument("questions", type=Path, metavar="CÂU_HỎI.jsonl", help="bộ câu hỏi có đáp án")
    parser.optional.add_argument(
        "--corpus",
        type=Path,
        metavar="ĐOẠN.jsonl",
        help="xếp hạng các đoạn của tệp này (.xz cũng được) thay cho văn bản đã lập chỉ mục",
    )
    parser.optional.add_argument("--fold", action="store_true", help="bỏ dấu câu hỏi trước khi hỏi")
    parser.optional.add_argument("--json", action="store_true", help="kết quả dạng JSON")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Measure and print the figures."""
    for path in filter(None, (options.questions, options.corpus)):
        if not path.is_file():
            raise UsageError(f"Không có tệp {path}. Anh/chị kiểm tra lại đường dẫn.")
    figures = _over_corpus(options, settings) if options.corpus else _over_documents(options, settings)
    if options.json:
        print(json.dumps(figures, ensure_ascii=False))
    else:
        width = max(map(len, figures))
        for name, value in figures.items():
            print(f"{name:<{width}}  {value}")
    return 0


def _over_documents(options: argparse.Namespace, settings: Settings) -> dict[str, float | int]:
    from bot.app import App, now
    from knowledge.text import fold
    from retrieval.evaluate import evaluate
    from retrieval.goldfile import staff_questions

    questions = staff_questions(options.questions)
    if options.fold:
        questions = [replace(question, text=fold(question.text)) for question in questions]
    report = evaluate(questions, App(settings).library(), now())
    return {
        "questions": report.questions,
        "answerable": report.answerable,
        "unanswerable": report.unanswerable,
        "hit@1": round(report.hit_1, 4),
        "hit@3": round(report.hit_3, 4),
        "mrr": round(report.mrr, 4),
        "refusals_right": report.refused_right,
        "refusals_wrong": report.false_refusals,
        "answered_wrong": report.answered_wrong,
        "p50_ms": round(report.p50_ms, 2),
        "p95_ms": round(report.p95_ms, 2),
    }


def _over_corpus(options: argparse.Namespace, settings: Settings) -> dict[str, float | int]:
    """Index the passages in a folder of their own, so that the home is not touched."""
    from bot.app import App, now
    from retrieval.evaluate import evaluate_corpus
    from retrieval.goldfile import corpus_questions, records

    questions = corpus_questions(options.questions)
    with TemporaryDirectory(prefix="tdkt-") as folder, progress_bar(shown=not options.json) as progress:
        report = evaluate_corpus(
            questions,
            records(options.corpus),
            Path(folder),
            now(),
            folded=options.fold,
            encoder=App(settings).encoder,
            progress=progress,
        )
    return report.figures()
