"""Makes the binary documents of knowledge/samples/ from the texts in sample_sources/:

python -m tests.knowledge.make_samples
"""

from __future__ import annotations

from pathlib import Path

from tests.knowledge.office_files import black_and_white, parse, pictures, to_docx, to_pdf, to_scan, worn

SOURCES = Path(__file__).with_name("sample_sources")
SAMPLES = Path(__file__).resolve().parents[2] / "knowledge" / "samples"


def main() -> None:
    def source(name: str):  # noqa: ANN202 - tests.knowledge.office_files.Source
        return parse((SOURCES / f"{name}.txt").read_text("utf-8"))

    made = {
        "ke-hoach-thi-dua-2027.docx": to_docx(source("ke-hoach-thi-dua-2027")),
        "ke-hoach-chuyen-doi-so-2027.docx": to_docx(source("ke-hoach-chuyen-doi-so-2027"), automatic_numbering=True),
        "chi-thi-ky-cuong-hanh-chinh.pdf": to_pdf(source("chi-thi-ky-cuong-hanh-chinh")),
        "thong-bao-ket-luan-hop-scan.pdf": to_scan(
            black_and_white(
                worn(page, angle=0.3, specks=25) for page in pictures(to_pdf(source("thong-bao-ket-luan-hop")))
            )
        ),
    }
    for name, data in made.items():
        (SAMPLES / name).write_bytes(data)
        print(f"{name}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
