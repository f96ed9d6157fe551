"""Forms, rounds and submissions in the database: what is kept, what is refused, what the desk reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest
from openpyxl import load_workbook
from sqlalchemy import MetaData, Table, create_engine, event, text
from sqlalchemy.orm import Session

from bot.asking import VIETNAM
from bot.codec import loads
from bot.context import Live
from bot.dialogues.desk import FileRefused
from bot.dialogues.state import Context
from bot.domain import attachments
from bot.domain.filling import Draft, Spot
from bot.domain.forms import Form
from bot.domain.messages import Attachment
from bot.domain.people import Unit
from bot.domain.rounds import EventKind, Round, Submission, SubmissionState
from bot.errors import Conflict
from bot.forms.workbook import form_id_of, read_workbook
from bot.forms.xlsform import read_form
from bot.store import BOT, forms, people, report_tables, rounds, submissions, uploads
from knowledge.db import Base, migrate, open_engine, sqlite_url, writing
from tests.bot.chat import Chat
from tests.bot.test_forms import SURVEY, workbook

ON_BOTH_DATABASES = True

DRAFT = Draft(
    {"sang_kien": "12", "ca_nhan": ({"ho_ten": "Lê Thị Hoa", "nam_sinh": "1990"},)},
    frozenset({Spot("ty_le"), Spot("nam_sinh", 0)}),
    frozenset({"ca_nhan"}),
)


@pytest.fixture(scope="module")
def form() -> Form:
    return read_form(workbook(SURVEY))


def begun(chat: Chat, session: Session, round_id: int, unit: str = "phong-tccb", draft: Draft = DRAFT) -> Submission:
    submissions.begin(session, round_id, unit, draft, None, chat.now)
    return present(session, round_id, unit)


def present(session: Session, round_id: int, unit: str = "phong-tccb") -> Submission:
    found = submissions.of_unit(session, round_id, unit)
    assert found is not None
    return found


def submitted(chat: Chat, session: Session, one: Submission, receipt: str = "BC1-0001-1") -> Submission:
    submissions.submit(session, one.id, one.revision, receipt, False, None, chat.now)
    return present(session, one.round, one.unit)


def test_a_draft_comes_back_as_it_was_kept(chat: Chat, form: Form) -> None:
    round_id = chat.opens(form)
    lan = chat.person("lan")
    with writing(chat.engine) as session:
        submissions.begin(session, round_id, "phong-tccb", DRAFT, lan.id, chat.now)
    one = chat.desk().submission(round_id, "phong-tccb")
    assert one is not None
    assert (one.draft, one.state, one.revision) == (DRAFT, SubmissionState.DRAFT, 1)
    assert (one.editor, one.editor_name, one.updated_at) == (lan.id, "Lan", chat.now)
    assert chat.desk().submission_by_id(one.id) == one
    assert chat.desk().submission(round_id, "phong-khtc") is None


def test_of_two_that_start_from_one_revision_one_is_kept(chat: Chat, form: Form) -> None:
    round_id = chat.opens(form)
    with writing(chat.engine) as session:
        one = begun(chat, session, round_id)
        with pytest.raises(Conflict):
            begun(chat, session, round_id)
        submissions.save(session, one.round, one.unit, one.revision, Draft({"sang_kien": "1"}), None, chat.now)
        with pytest.raises(Conflict):
            submissions.save(session, one.round, one.unit, one.revision, DRAFT, None, chat.now)
        with pytest.raises(Conflict):
            submissions.submit(session, one.id, one.revision, "x", False, None, chat.now)
        with pytest.raises(Conflict):
            submissions.discard(session, one.id, one.revision)
        now = present(session, round_id)
    assert (now.draft.values, now.revision) == ({"sang_kien": "1"}, 2)


def test_each_change_only_from_the_states_that_allow_it(chat: Chat, form: Form) -> None:
    round_id = chat.opens(form)
    with writing(chat.engine) as session:
        one = begun(chat, session, round_id)
        with pytest.raises(Conflict):  # a draft is nothing to accept
            submissions.accept(session, one.id, one.revision, None, chat.now)
        one = submitted(chat, session, one)
        with pytest.raises(Conflict):  # what was handed in is not changed
            submissions.save(session, one.round, one.unit, one.revision, Draft(), None, chat.now)
        with pytest.raises(Conflict):  # nor thrown away
            submissions.discard(session, one.id, one.revision)
        submissions.accept(session, one.id, one.revision, None, chat.now)
        one = present(session, round_id)
        with pytest.raises(Conflict):
            submissions.give_back(session, one.id, one.revision, "sai", (), None, chat.now)
    assert one.state is SubmissionState.ACCEPTED


def test_history_keeps_every_submission_and_why_it_came_back(chat: Chat, form: Form) -> None:
    round_id, minh = chat.opens(form), chat.person("minh").id
    with writing(chat.engine) as session:
        one = submitted(chat, session, begun(chat, session, round_id))
        submissions.give_back(session, one.id, one.revision, "Thiếu họ tên", ("ho_ten",), minh, chat.now)
        one = present(session, round_id)
        assert (one.state, one.reason, one.to_fix) == (SubmissionState.RETURNED, "Thiếu họ tên", ("ho_ten",))
        submissions.save(session, one.round, one.unit, one.revision, Draft({"sang_kien": "13"}), None, chat.now)
        chat.later(hours=1)
        one = submitted(chat, session, present(session, round_id), "BC1-0001-2")
        assert (one.reason, one.to_fix, one.receipt, one.submitted_at) == ("", (), "BC1-0001-2", chat.now)
        submissions.accept(session, one.id, one.revision, minh, chat.now)
    events = chat.desk().history(one.id)
    kinds = [event.kind for event in events]
    assert kinds == [EventKind.SUBMITTED, EventKind.RETURNED, EventKind.SUBMITTED, EventKind.ACCEPTED]
    assert [event.values.get("sang_kien") for event in events] == ["12", None, "13", None]
    assert events[0].values == DRAFT.values
    assert [event.note for event in events] == ["BC1-0001-1", "Thiếu họ tên", "BC1-0001-2", ""]
    assert [event.actor for event in events] == ["dòng lệnh", "Minh", "dòng lệnh", "Minh"]


def test_a_round_keeps_the_version_it_was_opened_with(chat: Chat, form: Form) -> None:
    round_id = chat.opens(form)
    newer = read_form(workbook([row for row in SURVEY if row[1] != "ty_le"]))
    minh = chat.person("minh").id
    with writing(chat.engine) as session:
        first = forms.add(session, form, "a" * 64, None, chat.now)
        second = forms.add(session, newer, "b" * 64, minh, chat.now)
        assert forms.add(session, newer, "b" * 64, None, chat.now) == second  # the same workbook once more
    desk = chat.desk()
    opened = desk.round(round_id)
    assert opened is not None
    assert desk.form(opened.form) == form
    assert [(one.id, one.form, one.uploaded_by) for one in desk.forms()] == [(second, newer, "Minh")]
    assert first not in (second, opened.form)
    with pytest.raises(KeyError):
        desk.form(99)


def test_rounds_in_the_order_they_are_due(chat: Chat, form: Form) -> None:
    late = chat.opens(form, "phong-tccb", due="2025-12-31 17:00")
    soon = chat.opens(form, "phong-khtc", "phong-tccb", due="2025-12-01 17:00")
    closed = chat.opens(form, due="2025-11-25 17:00")
    with writing(chat.engine) as session:
        version = forms.versions(session)[0].id
        later = chat.now + timedelta(days=3)
        unopened = rounds.add(session, Round(0, "Sau", version, later, later, ("phong-tccb",)))
        assert rounds.change(session, closed, due_at=None, closed_at=chat.now)
        assert not rounds.change(session, closed, due_at=chat.now, closed_at=None)
        accepted = submitted(chat, session, begun(chat, session, late))
    assert [one.id for one in chat.desk().rounds()] == [unopened, soon, late, closed]
    assert [one.units for one in chat.desk().rounds()[1:3]] == [("phong-khtc", "phong-tccb"), ("phong-tccb",)]
    assert [one.id for one in chat.desk().owed("phong-tccb")] == [soon, late]
    assert [one.id for one in chat.desk().owed("phong-khtc")] == [soon]
    with writing(chat.engine) as session:
        submissions.accept(session, accepted.id, accepted.revision, None, chat.now)
    assert [one.id for one in chat.desk().owed("phong-tccb")] == [soon]
    chat.later(days=4)
    assert unopened in [one.id for one in chat.desk().owed("phong-tccb")]


def test_what_waits_and_how_units_stand(chat: Chat, form: Form) -> None:
    round_id = chat.opens(form, "phong-khtc", "phong-tccb")
    with writing(chat.engine) as session:
        submitted(chat, session, begun(chat, session, round_id))
    standings = chat.desk().standings(round_id)
    assert [(one.unit.key, one.submission is None) for one in standings] == [
        ("phong-khtc", True),
        ("phong-tccb", False),
    ]
    assert [one.unit for one in chat.desk().waiting()] == ["phong-tccb"]
    assert chat.desk().standings(99) == ()


def test_last_values_are_those_of_the_same_form_in_an_earlier_round(chat: Chat, form: Form) -> None:
    other = replace(form, form_id="khac")
    quarters = [chat.opens(form, due=f"2025-{month}-15 17:00") for month in ("03", "06", "09", "12")]
    different = chat.opens(other, due="2025-10-15 17:00")
    with writing(chat.engine) as session:
        for round_id, count in ((quarters[0], "3"), (quarters[1], "6"), (different, "10"), (quarters[3], "12")):
            submitted(chat, session, begun(chat, session, round_id, draft=Draft({"sang_kien": count})))
        begun(chat, session, quarters[2], draft=Draft({"sang_kien": "9"}))  # never handed in
        begun(chat, session, quarters[1], "phong-khtc")
    desk = chat.desk()
    assert desk.last_values(quarters[3], "phong-tccb") == {"sang_kien": "6"}
    assert desk.last_values(quarters[0], "phong-tccb") == {}
    assert desk.last_values(quarters[3], "phong-khtc") == {}
    assert desk.last_values(99, "phong-khtc") == {}


def test_a_successor_owes_what_was_not_begun(chat: Chat, form: Form) -> None:
    untouched, begun_one, closed = (chat.opens(form, "phong-tccb") for _ in range(3))
    both = chat.opens(form)
    with writing(chat.engine) as session:
        begun(chat, session, begun_one)
        rounds.change(session, closed, due_at=None, closed_at=chat.now)
        rounds.hand_over(session, "phong-tccb", "phong-khtc")
        owing = {one.id: one.units for one in rounds.rounds(session)}
    assert owing[untouched] == owing[both] == ("phong-khtc",)
    assert owing[begun_one] == owing[closed] == ("phong-tccb",)


def test_an_upload_link_is_used_once_and_in_time(chat: Chat) -> None:
    token = chat.desk().fresh_token()
    assert len(token) >= 32
    assert token != chat.desk().fresh_token()
    until = chat.now + timedelta(hours=1)
    link = uploads.Link("zalo", "1", "2", until)
    with writing(chat.engine) as session:
        uploads.issue(session, token, link)
        assert uploads.look_up(session, token, chat.now) == link
        assert uploads.look_up(session, token + "x", chat.now) is None
        assert uploads.look_up(session, "\udcff", chat.now) is None
        assert uploads.look_up(session, token, until) is None
        assert uploads.take(session, token, chat.now)
        assert not uploads.take(session, token, chat.now)
        assert uploads.look_up(session, token, chat.now) is None
        stored = session.execute(text("SELECT * FROM upload_links")).one()
    assert token not in map(str, stored)


def sent(chat: Chat, name: str, content: bytes, size: int = 0) -> Attachment:
    chat.channel.contents["ref"] = content
    return Attachment("ref", name, "application/x-whatever", size)


def test_a_file_is_fetched_kept_and_named(chat: Chat) -> None:
    got = chat.desk().fetched(sent(chat, "../../Báo cáo.PDF", b"%PDF-1.7 x"))
    assert (got.name, got.mime, got.size) == ("Báo cáo.PDF", "application/pdf", 10)
    assert chat.files.read(got.ref) == b"%PDF-1.7 x"
    assert chat.desk().file_name(got.ref) == "tệp"
    with writing(chat.engine) as session:
        uploads.keep(session, [got], chat.now)
        uploads.keep(session, [Attachment(got.ref, "bản hai.pdf", got.mime, got.size)], chat.now)
    assert chat.desk().file_name(got.ref) == "bản hai.pdf"
    again = chat.desk().fetched(Attachment(f"sha256:{got.ref}", "web.pdf", "", 0))  # the web kept it before
    assert (again.ref, again.name, again.size) == (got.ref, "web.pdf", 10)
    with pytest.raises(FileRefused, match="không còn được giữ"):
        chat.desk().fetched(Attachment(f"sha256:{'0' * 64}", "web.pdf", "", 0))


@pytest.mark.parametrize(
    ("name", "content", "size", "why"),
    [
        ("chay.exe", b"MZ", 0, "loại tệp .exe"),
        ("khong duoi", b"%PDF-1", 0, "không có đuôi tên"),
        ("to.pdf", b"%PDF-1", attachments.MAX_BYTES + 1, "20,0 MB"),
        ("lua.pdf", b"MZ\x90\x00", 0, "không phải là tệp .pdf"),
        ("lua.jpg", b"%PDF-1", 0, "không phải là tệp .jpg"),
        ("lua.txt", b"MZ\x90\x00", 0, "không phải là tệp .txt"),
        ("rong.txt", b"", 0, "không có nội dung"),
    ],
)
def test_a_file_that_is_not_taken_is_told_why(chat: Chat, name: str, content: bytes, size: int, why: str) -> None:
    with pytest.raises(FileRefused, match=why) as refused:
        chat.desk().fetched(sent(chat, name, content, size))
    assert "\n" not in str(refused.value)
    assert "Anh/chị" in str(refused.value)
    assert not (chat.home / "files").exists()


def test_every_kind_of_file_is_known_by_its_first_bytes() -> None:
    heads = {
        "pdf": b"%PDF-1.7", "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "docx": b"PK\x03\x04",
        "jpeg": b"\xff\xd8\xff\xe0",
        "png": b"\x89PNG\r\n\x1a\n", "webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ", "heic": b"\x00\x00\x00\x18ftypheic",
        "txt": "chữ".encode(),
    }  # fmt: skip
    for ending, head in heads.items():
        assert attachments.refusal(f"tệp.{ending}", len(head), head) is None
        others = [other for other in heads.values() if other != head and ending != "txt"]
        assert all(attachments.refusal(f"tệp.{ending}", 9, other) for other in others), ending
    assert attachments.too_many(attachments.MAX_FILES) is None
    assert "tối đa 10 tệp" in (attachments.too_many(11) or "")


def test_a_name_is_shown_plain() -> None:
    assert attachments.shown_name("C:\\x\\..\\a\u202egpj.exe") == "a gpj.exe"
    assert attachments.shown_name(" / ") == "tệp"
    long = attachments.shown_name("á" * 300 + ".pdf")
    assert len(long) <= 120
    assert long.endswith("….pdf")


def test_a_workbook_is_read_as_a_form_or_its_problems(chat: Chat) -> None:
    kept = Attachment(chat.files.put(workbook(SURVEY)), "Báo cáo quý (2).xlsx", "", 1)
    version, problems = chat.desk().read_form(kept)
    assert version is not None
    assert (version.id, version.form.form_id, version.workbook, problems) == (0, "bc_thi_dua", kept.ref, ())
    book = load_workbook(BytesIO(workbook(SURVEY)))
    del book["settings"]
    book.save(unnamed := BytesIO())
    version, _ = chat.desk().read_form(replace(kept, ref=chat.files.put(unnamed.getvalue())))
    assert version is not None
    assert (version.form.form_id, version.form.title) == ("bao_cao_quy", "Báo cáo quý")
    broken = workbook([*SURVEY, ("geopoint", "vi_tri", "Vị trí")])
    version, problems = chat.desk().read_form(Attachment(chat.files.put(broken), "b.xlsx", "", 1))
    assert version is None
    assert "dòng 17" in problems[0]
    assert read_workbook(b"khong", "x.xlsx")[0] is None
    assert form_id_of("///") == "bieu_mau"


def test_units_and_people_by_name(chat: Chat) -> None:
    tuan = chat.person("tuan").id
    with writing(chat.engine) as session:
        people.add_unit(session, Unit("cu", "Ban Cũ", (), "phong-tccb", active=False))
        people.deactivate(session, tuan)
    assert [unit.key for unit in chat.desk().units()] == ["phong-khtc", "phong-tccb"]
    assert [person.name for person in chat.desk().people()] == ["Bình", "Lan", "Minh"]


def test_plans_can_become_forms_and_other_helpers_are_asked(chat: Chat) -> None:
    assert [document.file for document in chat.desk().documents()] == ["ke-hoach-77.docx"]
    for position in (0, 9):
        with pytest.raises(FileRefused):
            chat.desk().generated_form(position)
    with pytest.raises(FileRefused):
        chat.desk().exported(1, "xlsx")
    assert chat.desk().upload_url("t") is None
    chat.source.library = None
    assert chat.desk().documents() == ()


@pytest.mark.parametrize("asked", ["standings", "waiting", "owed", "rounds"])
def test_what_is_asked_of_the_database_does_not_grow_with_the_units(chat: Chat, form: Form, asked: str) -> None:
    counted: list[str] = []
    event.listen(chat.engine, "before_cursor_execute", lambda *given: counted.append(given[2]))

    def asks() -> int:
        desk = chat.desk()
        counted.clear()
        found = {
            "standings": lambda: desk.standings(1),
            "waiting": desk.waiting,
            "owed": lambda: desk.owed("phong-tccb"),
            "rounds": desk.rounds,
        }[asked]()
        assert found
        return len(counted)

    few = chat.opens(form)
    with writing(chat.engine) as session:
        submitted(chat, session, begun(chat, session, few))
    before = asks()
    keys = [f"don-vi-{number}" for number in range(40)]
    with writing(chat.engine) as session:
        for key in keys:
            people.add_unit(session, Unit(key, f"Đơn vị {key}"))
    chat.opens(form, *keys)
    with writing(chat.engine) as session:
        for number, key in enumerate(keys):
            submitted(chat, session, begun(chat, session, 2, key), f"BC2-{number}")
    assert asks() == before <= 6


def promised(live: Live) -> Context:
    """What dialogues are promised: mypy reads this."""
    return live


def test_migrations_make_the_tables_of_reports(chat: Chat) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    mappers = [one for one in Base.registry.mappers if one.class_.__module__ == report_tables.__name__]
    ours = MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.sorted_tables:
        table.to_metadata(ours)
    names = {cast(Table, mapper.local_table).name for mapper in mappers}
    options = {"include_name": lambda name, kind, _: kind != "table" or name in names}
    assert {"forms", "rounds", "submissions", "submission_events", "attachments", "upload_links"} <= names
    with chat.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts=options), ours)
    assert [one for one in found if getattr(one[1], "name", None) in names] == []


def test_data_of_the_version_before_survives_the_migration(tmp_path: Path) -> None:
    from alembic import command

    from knowledge.db import _config

    url = sqlite_url(tmp_path)
    engine = open_engine(url)
    with engine.begin() as connection:
        command.upgrade(_config(BOT, connection), "b0002")
    with writing(engine) as session:
        people.add_unit(session, Unit("phong-tccb", "Phòng Tổ chức cán bộ"))
    migrate(engine, BOT)
    with writing(engine) as session:
        at = datetime(2025, 11, 20, tzinfo=VIETNAM)
        version = forms.add(
            session, loads(Form, '{"form_id":"a","version":"1","title":"A","items":[]}'), "0" * 64, None, at
        )
        round_id = rounds.add(session, Round(0, "Đợt", version, at, at, ("phong-tccb",)))
        assert rounds.owed(session, "phong-tccb", at)[0].id == round_id
    with create_engine(url).connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None
