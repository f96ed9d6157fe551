"""Families of documents: findings between them are the same whether made for all at once or bit by bit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.kin import Kin, dumps, findings_between, kin_of, loads
from knowledge.analyse import analyse_text
from knowledge.document import Document, Finding
from knowledge.findings import across

PROSE = "Mỗi xã chọn một việc làm cho làng mình đẹp hơn, từ hàng rào, bến nước đến lối vào nhà văn hóa thôn số {n}. "


def decision(number: int, words: str) -> Document:
    text = (
        f"ỦY BAN NHÂN DÂN TỈNH BÌNH MINH\n\nSố: {number}/2024/QĐ-UBND\n\nBình Minh, ngày 5 tháng 4 năm 2024\n\n"
        f"QUYẾT ĐỊNH\n\nVề làm đẹp đường làng số {number}\n\nĐiều 1. Nội dung\n\n{words}\n\n"
        "Điều 2. Hiệu lực\n\nQuyết định này có hiệu lực từ ngày ký."
    )
    return analyse_text(text, file=f"qd-{number}.txt", digest=f"{number:064x}")


def prose(first: int) -> str:
    return "".join(
        PROSE.format(n=n) + f"Nhóm thợ {n * n} người đến từ ngõ {n * 7 + 1}. " for n in range(first, first + 30)
    )


DOCUMENTS = [
    decision(1, prose(0)),
    decision(2, prose(100)),
    decision(3, prose(200) + "\n\nQuyết định này thay thế Quyết định số 1/2024/QĐ-UBND ngày 05/4/2024."),
    decision(4, prose(100)),
    decision(5, prose(300) + "\n\nThực hiện theo Quyết định số 2/2024/QĐ-UBND ngày 05/4/2024."),
]
KEYS = [str(number) for number in range(len(DOCUMENTS))]


def between(chosen: list[int], before: dict[str, tuple[Finding, ...]], touched: list[int]) -> dict[str, object]:
    kins = [kin_of(DOCUMENTS[number]) for number in chosen]
    found = findings_between(
        kins,
        [KEYS[number] for number in chosen],
        lambda position: DOCUMENTS[chosen[position]],
        before,
        [kin_of(DOCUMENTS[number]) for number in touched],
    )
    return dict(found)


def expected(chosen: list[int]) -> dict[str, object]:
    return {KEYS[chosen[at]]: findings for at, findings in across([DOCUMENTS[n] for n in chosen]).items()}


def test_the_examples_have_findings() -> None:
    assert set(expected([0, 1, 2, 3, 4])) == {"0", "1", "3"}


@pytest.mark.parametrize("order", [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 3, 4, 1]])
def test_documents_that_come_and_go_one_by_one_are_as_all_at_once(order: list[int]) -> None:
    found: dict[str, object] = {}
    present: list[int] = []
    for number in order:
        present.append(number)
        found = between(present, found, [number])  # type: ignore[arg-type]
        assert found == expected(present)
    for number in order:
        present.remove(number)
        found = between(present, found, [number])  # type: ignore[arg-type]
        assert found == expected(present)


def test_only_families_that_are_touched_are_looked_into() -> None:
    before = between([0, 1, 2, 3], {}, [0, 1, 2, 3])

    def load(position: int) -> Document:
        raise AssertionError("nothing that came has to do with any of these")

    kins = [kin_of(DOCUMENTS[number]) for number in range(5)]
    again = findings_between(kins, KEYS, load, before, [kins[4]])  # type: ignore[arg-type]
    assert again == before


def test_kin_survives_being_stored() -> None:
    for document in DOCUMENTS:
        assert loads(dumps(kin_of(document))) == kin_of(document)
    assert loads(dumps(Kin())) == Kin()


def test_nearly_the_same_texts_share_a_band_and_others_do_not() -> None:
    one, other = kin_of(DOCUMENTS[1]), kin_of(DOCUMENTS[0])
    nearly = kin_of(replace(DOCUMENTS[1], text=DOCUMENTS[1].text.replace("bến nước", "giếng nước", 2)))
    assert set(one.bands) & set(nearly.bands)
    assert not set(one.bands) & set(other.bands)
