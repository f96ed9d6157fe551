"""What is added is found again; what is the same stays one document; what is secret leaves no trace."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from knowledge.catalog import Catalog, Change, Outcome
from knowledge.db import open_engine
from knowledge.document import Document, PartialDate
from tests.knowledge.conftest import EMPTY_HEADER, WHOLE_HEADER, make_document

NOW = datetime(2025, 6, 2, 1, 30, tzinfo=UTC)
ON_BOTH_DATABASES = True
NAMELESS = replace(EMPTY_HEADER, kind="kế hoạch")


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    engine = open_engine(database)
    yield engine
    engine.dispose()


@pytest.fixture
def catalog(engine: Engine) -> Catalog:
    return Catalog(engine)


class Shelf:
    """A folder of files that exist only by name, with a clock that ticks at every change."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.clock = 0

    def put(self, path: str, document: Document, *, analyser: int = 1, mtime: int | None = None) -> Change:
        self.clock += 1
        return self.catalog.add(
            document,
            Path(path),
            size=len(document.text),
            mtime_ns=self.clock if mtime is None else mtime,
            analyser=analyser,
            now=NOW,
        )

    def refuse(self, path: str, reason: str, *, secret: bool = False) -> None:
        self.clock += 1
        self.catalog.refuse(Path(path), reason, size=1, mtime_ns=self.clock, analyser=1, now=NOW, secret=secret)

    def texts(self) -> list[str]:
        return [self.catalog.load(entry).text for entry in self.catalog.current()]


@pytest.fixture
def shelf(catalog: Catalog) -> Shelf:
    return Shelf(catalog)


def test_a_document_comes_back_as_it_was_added(shelf: Shelf, plain: Document) -> None:
    change = shelf.put("/van-ban/ke-hoach.txt", plain)
    (entry,) = shelf.catalog.current()
    assert change.outcome is Outcome.ADDED
    assert (entry.document, entry.version) == (change.document, change.version)
    assert (entry.file, entry.source, entry.number) == ("ke-hoach.txt", "/van-ban/ke-hoach.txt", 1)
    assert (entry.digest, entry.symbol, entry.added_at) == (plain.digest, "15/KH-SXD", NOW)
    assert shelf.catalog.load(entry) == plain


def test_adding_the_same_content_again_changes_nothing(shelf: Shelf, plain: Document) -> None:
    shelf.put("/a/ke-hoach.txt", plain)
    before = shelf.catalog.current()
    assert shelf.put("/a/ke-hoach.txt", plain).outcome is Outcome.UNCHANGED
    assert shelf.catalog.current() == before
    assert len(shelf.catalog.versions("ke-hoach.txt")) == 1


def test_a_changed_file_replaces_itself_and_keeps_the_earlier_version(shelf: Shelf) -> None:
    shelf.put("/a/noi-quy.txt", make_document("Bản một.", header=NAMELESS))
    assert shelf.put("/a/noi-quy.txt", make_document("Bản hai.", header=NAMELESS)).outcome is Outcome.REPLACED
    assert shelf.texts() == ["Bản hai."]
    versions = shelf.catalog.versions("noi-quy.txt")
    assert [version.number for version in versions] == [2, 1]
    assert [shelf.catalog.load(version).text for version in versions] == ["Bản hai.", "Bản một."]
    assert shelf.catalog.versions(Path("/a/noi-quy.txt")) == versions


def test_the_same_symbol_under_another_name_replaces(shelf: Shelf) -> None:
    spelled = replace(WHOLE_HEADER, symbol="015/KH-SXD")
    shelf.put("/a/du-thao.txt", make_document("Bản đầu."))
    change = shelf.put("/b/ban-chinh.txt", make_document("Bản ký.", header=spelled))
    assert change.outcome is Outcome.REPLACED
    assert shelf.texts() == ["Bản ký."]


@pytest.mark.parametrize(
    "other",
    [
        replace(WHOLE_HEADER, kind="quyết định"),
        replace(WHOLE_HEADER, issuer="Sở Xây dựng Tân Lạc"),
        replace(WHOLE_HEADER, date=PartialDate(2024, 3, 10)),
        replace(WHOLE_HEADER, symbol="16/KH-SXD"),
    ],
    ids=["kind", "issuer", "year", "number"],
)
def test_what_contradicts_the_symbol_is_another_document(shelf: Shelf, other: object) -> None:
    shelf.put("/a/mot.txt", make_document("Một."))
    assert shelf.put("/a/hai.txt", make_document("Hai.", header=other)).outcome is Outcome.ADDED
    assert shelf.texts() == ["Một.", "Hai."]


def test_what_is_not_known_contradicts_nothing(shelf: Shelf) -> None:
    shelf.put("/a/mot.txt", make_document("Một."))
    vague = replace(WHOLE_HEADER, kind=None, issuer=None, date=None, province=None)
    assert shelf.put("/a/hai.txt", make_document("Hai.", header=vague)).outcome is Outcome.REPLACED


def test_a_symbol_with_its_own_year_needs_no_date_to_agree(shelf: Shelf) -> None:
    first = replace(WHOLE_HEADER, symbol="9/2024/QĐ-UBND", kind="quyết định", date=PartialDate(2024, 5, 9))
    shelf.put("/a/mot.txt", make_document("Một.", header=first))
    misread = replace(first, symbol="09/2024/QĐ-UBND", date=PartialDate(2029, 5, 9))
    assert shelf.put("/a/hai.txt", make_document("Hai.", header=misread)).outcome is Outcome.REPLACED


def test_one_base_name_in_two_folders_is_two_documents(shelf: Shelf) -> None:
    shelf.put("/phong-mot/bao-cao.txt", make_document("Của phòng một.", header=NAMELESS))
    shelf.put("/phong-hai/bao-cao.txt", make_document("Của phòng hai.", header=NAMELESS))
    assert shelf.texts() == ["Của phòng một.", "Của phòng hai."]
    assert len(shelf.catalog.versions("bao-cao.txt")) == 2


def test_a_draft_that_gets_its_number_stays_one_document(shelf: Shelf) -> None:
    draft = shelf.put("/a/ke-hoach.txt", make_document("Dự thảo.", header=NAMELESS))
    signed = shelf.put("/a/ke-hoach.txt", make_document("Bản ký."))
    assert signed.outcome is Outcome.REPLACED
    assert signed.document == draft.document


def test_a_moved_file_is_the_same_document(shelf: Shelf) -> None:
    document = make_document("Nội dung.", header=NAMELESS)
    first = shelf.put("/cu/a.txt", document)
    moved = shelf.put("/moi/b.txt", document)
    assert moved.outcome is Outcome.UNCHANGED
    assert shelf.catalog.remove(Path("/cu/a.txt"))
    (entry,) = shelf.catalog.current()
    assert (entry.document, entry.file) == (first.document, "b.txt")
    assert shelf.catalog.load(entry).file == "b.txt"


def test_a_copy_that_is_edited_becomes_a_document_of_its_own(shelf: Shelf) -> None:
    shelf.put("/a/mau.txt", make_document("Mẫu.", header=NAMELESS))
    shelf.put("/b/mau.txt", make_document("Mẫu.", header=NAMELESS))
    assert shelf.put("/b/mau.txt", make_document("Mẫu đã điền.", header=NAMELESS)).outcome is Outcome.ADDED
    assert shelf.texts() == ["Mẫu.", "Mẫu đã điền."]


def test_of_two_files_with_one_symbol_the_one_modified_last_is_current(shelf: Shelf) -> None:
    shelf.put("/a/moi.txt", make_document("Bản mới."), mtime=200)
    assert shelf.put("/b/cu.txt", make_document("Bản cũ."), mtime=100).outcome is Outcome.UNCHANGED
    assert shelf.texts() == ["Bản mới."]
    shelf.put("/b/cu.txt", make_document("Bản cũ."), mtime=100)  # a rebuild reads everything again
    assert shelf.texts() == ["Bản mới."]
    assert len(shelf.catalog.versions("cu.txt")) == 2
    shelf.catalog.remove(Path("/a/moi.txt"))
    assert shelf.texts() == ["Bản cũ."]


def test_going_back_to_an_earlier_content_is_a_change_without_a_new_version(shelf: Shelf) -> None:
    shelf.put("/a/x.txt", make_document("Một."))
    shelf.put("/a/x.txt", make_document("Hai."))
    assert shelf.put("/a/x.txt", make_document("Một.")).outcome is Outcome.REPLACED
    assert shelf.texts() == ["Một."]
    assert len(shelf.catalog.versions("x.txt")) == 2


def test_a_removed_document_keeps_its_versions_and_can_come_back(shelf: Shelf, plain: Document) -> None:
    first = shelf.put("/a/ke-hoach.txt", plain)
    assert shelf.catalog.remove(Path("/a/ke-hoach.txt"))
    assert not shelf.catalog.remove(Path("/a/ke-hoach.txt"))
    assert shelf.catalog.current() == ()
    assert len(shelf.catalog.versions("ke-hoach.txt")) == 1
    back = shelf.put("/a/ke-hoach.txt", make_document("Bản sau."))
    assert (back.outcome, back.document) == (Outcome.ADDED, first.document)


def test_a_newer_analyser_is_heard_and_an_older_one_is_not(shelf: Shelf, plain: Document) -> None:
    shelf.put("/a/ke-hoach.txt", plain)
    deeper = replace(plain, recognised=True)
    assert shelf.put("/a/ke-hoach.txt", deeper, analyser=2).outcome is Outcome.REREAD
    assert shelf.put("/a/ke-hoach.txt", deeper, analyser=3).outcome is Outcome.UNCHANGED
    assert shelf.put("/a/ke-hoach.txt", plain, analyser=1).outcome is Outcome.UNCHANGED
    (entry,) = shelf.catalog.current()
    assert shelf.catalog.load(entry).recognised
    assert entry.analyser == 3
    assert len(shelf.catalog.versions("ke-hoach.txt")) == 1


def test_a_symbol_that_a_newer_analyser_finds_unites_two_documents(shelf: Shelf) -> None:
    old = make_document("Bản đầu.")
    shelf.put("/a/mot.txt", old)
    blind = make_document("Bản sau.", header=NAMELESS)
    shelf.put("/a/hai.txt", blind)
    assert len(shelf.catalog.current()) == 2
    shelf.put("/a/hai.txt", replace(blind, header=WHOLE_HEADER), analyser=2)
    assert shelf.texts() == ["Bản sau."]


def test_known_tells_what_need_not_be_read_again(catalog: Catalog, plain: Document) -> None:
    path = Path("/a/ke-hoach.txt")
    catalog.add(plain, path, size=10, mtime_ns=2**60 + 7, analyser=4, now=NOW)
    source = catalog.known(path, size=10, mtime_ns=2**60 + 7, analyser=4)
    assert source is not None
    assert (source.digest, source.reason) == (plain.digest, None)
    assert catalog.known(path, size=11, mtime_ns=2**60 + 7, analyser=4) is None
    assert catalog.known(path, size=10, mtime_ns=2**60 + 8, analyser=4) is None
    assert catalog.known(path, size=10, mtime_ns=2**60 + 7, analyser=5) is None
    assert catalog.known(Path("/a/khac.txt"), size=10, mtime_ns=2**60 + 7, analyser=4) is None


def test_a_refusal_is_remembered_and_reported(shelf: Shelf) -> None:
    shelf.refuse("/a/hong.docx", "Tệp hỏng.")
    (refused,) = shelf.catalog.refusals()
    assert (refused.file, refused.path, refused.reason) == ("hong.docx", "/a/hong.docx", "Tệp hỏng.")
    known = shelf.catalog.known(Path("/a/hong.docx"), size=1, mtime_ns=shelf.clock, analyser=1)
    assert known == refused
    shelf.put("/a/hong.docx", make_document("Đã sửa."))
    assert shelf.catalog.refusals() == ()
    assert shelf.texts() == ["Đã sửa."]


def test_a_file_that_went_bad_is_no_longer_current(shelf: Shelf, plain: Document) -> None:
    shelf.put("/a/x.txt", plain)
    shelf.refuse("/a/x.txt", "Tệp rỗng.")
    assert shelf.catalog.current() == ()
    assert shelf.put("/a/x.txt", plain).outcome is Outcome.ADDED


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # PostgreSQL's files are its server's business
def test_nothing_of_a_secret_document_stays(shelf: Shelf, engine: Engine, tmp_path: Path) -> None:
    secret = make_document("Phương án tuyệt đối không được lộ: kho số bảy.", header=NAMELESS)
    digest = secret.digest
    shelf.put("/a/phuong-an.txt", secret)
    shelf.put("/b/ban-sao.txt", secret)
    shelf.put("/c/khac.txt", make_document("Việc thường ngày."))
    shelf.refuse("/a/phuong-an.txt", "Văn bản mật.", secret=True)
    assert shelf.texts() == ["Việc thường ngày."]
    assert shelf.catalog.versions("phuong-an.txt") == ()
    assert shelf.catalog.versions("ban-sao.txt") == ()
    assert [refused.reason for refused in shelf.catalog.refusals()] == ["Văn bản mật."]
    engine.dispose()
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert digest.encode() not in stored


def test_a_name_that_is_not_utf8_is_stored_too(shelf: Shelf, plain: Document) -> None:
    name = os.fsdecode(b"/a/k\xe9-ho\xb9ch.txt")
    shelf.put(name, replace(plain, file=name))
    (entry,) = shelf.catalog.current()
    assert entry.file == "k\\xe9-ho\\xb9ch.txt"
    shelf.refuse(name, "Tệp hỏng.")
    assert shelf.catalog.current() == ()


def test_loading_what_was_erased_says_so(shelf: Shelf, plain: Document) -> None:
    shelf.put("/a/x.txt", plain)
    (entry,) = shelf.catalog.current()
    shelf.refuse("/a/x.txt", "Văn bản mật.", secret=True)
    with pytest.raises(KeyError):
        shelf.catalog.load(entry)


def test_sources_lists_every_file(shelf: Shelf, make: Callable[..., Document]) -> None:
    shelf.put("/b/hai.txt", make("Hai.", header=NAMELESS))
    shelf.put("/a/mot.txt", make("Một.", header=NAMELESS))
    shelf.refuse("/c/ba.txt", "Tệp rỗng.")
    assert [source.path for source in shelf.catalog.sources()] == ["/a/mot.txt", "/b/hai.txt", "/c/ba.txt"]
    assert shelf.catalog.sources()[1].digest == hashlib.sha256(b"ke-hoach.txtHai.").hexdigest()
