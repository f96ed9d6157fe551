"""What dialogues about reports ask for, made to happen: what changes, what is logged, who is told, what conflicts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

import bot.service  # noqa: F401 - registers every effect
from bot.dialogues.desk import (
    Accept,
    ChangeRound,
    DiscardDraft,
    IssueUpload,
    KeepFiles,
    KeepForm,
    OpenRound,
    Return,
    SaveDraft,
    Submit,
    TellAdmins,
    TellUnit,
)
from bot.dialogues.state import Context, Effect, State, Step
from bot.domain.codes import Offer
from bot.domain.filling import Draft
from bot.domain.messages import Attachment, Incoming, IncomingKind, Reply
from bot.domain.obligations import Decision, Proposal, Status
from bot.domain.people import Account, Role
from bot.domain.rounds import EventKind, Submission, SubmissionState
from bot.effects import Scene, apply
from bot.errors import Conflict
from bot.store import audit, codes, obligations, people, rounds, uploads
from bot.store.report_tables import RoundRow
from bot.store.tables import AuditRow, LinkCodeRow, OutboxRow, PersonRow, UnitRow
from knowledge.db import reading, writing
from knowledge.document import ObligationKind
from tests.bot.chat import Chat
from tests.bot.handed_in import form, heard

ON_BOTH_DATABASES = True
UNIT = "phong-tccb"
SEEN = Proposal(
    "kh-1", "kh", "a.docx", "Kế hoạch 1", "I", "báo cáo", ObligationKind.REPORT, None, "báo cáo", None, None
)


def does(chat: Chat, who: str, *effects: Effect) -> None:
    """Make effects happen in one transaction, as in a step of that person."""
    incoming = Incoming(chat.channel.name, f"chat-{who}", who, IncomingKind.TEXT, "", chat.now)
    with writing(chat.engine) as session:
        scene = Scene(session, incoming, people.person_of(session, chat.channel.name, who), None, chat.now)
        for effect in effects:
            apply(effect, scene)


def logged(chat: Chat) -> list[tuple[str, str, str, str]]:
    """Everything in the log, oldest first: actor, action, subject, detail."""
    with reading(chat.engine) as session:
        return [(one.actor, one.action, one.subject, one.detail) for one in reversed(audit.newest(session, 50))]


def present(chat: Chat, round_id: int, unit: str = UNIT) -> Submission:
    found = chat.desk().submission(round_id, unit)
    assert found is not None
    return found


def colleague(chat: Chat, key: str, name: str, role: Role, unit: str | None = None) -> None:
    with writing(chat.engine) as session:
        person = people.add_person(session, name, role, unit, chat.now)
        people.link(session, person.id, Account(chat.channel.name, key, f"chat-{key}", name, chat.now))


@pytest.fixture
def round_id(chat: Chat) -> int:
    return chat.opens(form())


@pytest.fixture
def begun(chat: Chat, round_id: int) -> Submission:
    does(chat, "lan", SaveDraft(round_id, UNIT, Draft({"sang_kien": "12"}), 0))
    return present(chat, round_id)


@pytest.fixture
def handed_in(chat: Chat, begun: Submission) -> Submission:
    does(chat, "lan", Submit(begun.id, begun.revision, "BC1-0001-1", False))
    return present(chat, begun.round)


# Drafts


def test_a_draft_is_kept_as_its_writers_and_not_logged(chat: Chat, begun: Submission) -> None:
    assert (begun.draft.values, begun.revision, begun.editor_name) == ({"sang_kien": "12"}, 1, "Lan")
    chat.later(minutes=5)
    does(chat, "lan", SaveDraft(begun.round, UNIT, Draft({"sang_kien": "13"}), begun.revision))
    now = present(chat, begun.round)
    assert (now.draft.values, now.revision, now.updated_at) == ({"sang_kien": "13"}, 2, chat.now)
    assert logged(chat) == []


def test_a_draft_that_is_discarded_is_gone(chat: Chat, begun: Submission) -> None:
    does(chat, "lan", DiscardDraft(begun.id, begun.revision))
    assert chat.desk().submission_by_id(begun.id) is None
    assert logged(chat) == [("Lan", "draft-discarded", "Phòng Tổ chức cán bộ · Báo cáo quý IV", "")]
    with pytest.raises(Conflict):
        does(chat, "lan", DiscardDraft(begun.id, begun.revision))


def test_a_closed_round_or_one_of_other_units_takes_nothing(chat: Chat, begun: Submission) -> None:
    other = chat.opens(form(), "phong-khtc", title="Đợt khác")
    with pytest.raises(Conflict):
        does(chat, "lan", SaveDraft(other, UNIT, Draft(), 0))
    does(chat, "minh", ChangeRound(begun.round, closed_at=chat.now))
    for effect in (
        SaveDraft(begun.round, UNIT, Draft(), begun.revision),
        Submit(begun.id, begun.revision, "BC1", False),
    ):
        with pytest.raises(Conflict):
            does(chat, "lan", effect)
    assert present(chat, begun.round) == begun


# What the office does with it


def test_history_and_log_over_return_and_resubmission(chat: Chat, handed_in: Submission) -> None:
    one, subject = handed_in, "Phòng Tổ chức cán bộ · Báo cáo quý IV"
    does(chat, "minh", Return(one.id, one.revision, "Thiếu họ tên", ("ho_ten",)))
    returned = present(chat, one.round)
    assert (returned.state, returned.reason, returned.to_fix) == (
        SubmissionState.RETURNED,
        "Thiếu họ tên",
        ("ho_ten",),
    )
    does(chat, "lan", SaveDraft(one.round, UNIT, Draft({"sang_kien": "14"}), returned.revision))
    chat.at("2025-12-16 08:00")
    again = present(chat, one.round)
    does(chat, "lan", Submit(again.id, again.revision, "BC1-0001-2", True))
    late = present(chat, one.round)
    assert (late.late, late.receipt, late.reason, late.to_fix) == (True, "BC1-0001-2", "", ())
    does(chat, "minh", Accept(late.id, late.revision))
    events = chat.desk().history(one.id)
    assert [(event.kind, event.actor, event.note) for event in events] == [
        (EventKind.SUBMITTED, "Lan", "BC1-0001-1"),
        (EventKind.RETURNED, "Minh", "Thiếu họ tên"),
        (EventKind.SUBMITTED, "Lan", "BC1-0001-2"),
        (EventKind.ACCEPTED, "Minh", ""),
    ]
    assert [event.values.get("sang_kien") for event in events] == ["12", None, "14", None]
    assert logged(chat) == [
        ("Lan", "report-submitted", subject, "BC1-0001-1"),
        ("Minh", "report-returned", subject, "Thiếu họ tên"),
        ("Lan", "report-submitted", subject, "BC1-0001-2"),
        ("Minh", "report-accepted", subject, "BC1-0001-2"),
    ]


@pytest.mark.parametrize(
    "second", [lambda one: Accept(one.id, one.revision), lambda one: Return(one.id, one.revision, "x")]
)
def test_two_admins_decide_one_is_kept(
    chat: Chat, handed_in: Submission, second: Callable[[Submission], Effect]
) -> None:
    does(chat, "minh", Accept(handed_in.id, handed_in.revision))
    with pytest.raises(Conflict):
        does(chat, "minh", second(handed_in))
    assert present(chat, handed_in.round).state is SubmissionState.ACCEPTED
    assert [action for _, action, _, _ in logged(chat)] == ["report-submitted", "report-accepted"]


def test_what_fails_leaves_nothing_of_its_step(chat: Chat, handed_in: Submission) -> None:
    told = TellAdmins(Reply("Đã nhận."))
    with pytest.raises(Conflict):
        does(chat, "minh", told, Accept(handed_in.id, handed_in.revision + 1))
    chat.work()
    assert heard(chat, "minh") == []


# Forms, rounds, files


def test_a_form_is_kept_as_a_version_and_logged(chat: Chat) -> None:
    one = form()
    does(chat, "minh", KeepForm(one, "a" * 64))
    does(chat, "minh", KeepForm(replace(one, version="2"), "b" * 64))
    assert [(each.form.version, each.workbook, each.uploaded_by) for each in chat.desk().forms()] == [
        ("2", "b" * 64, "Minh")
    ]
    assert logged(chat) == [("Minh", "form-kept", one.title, one.version), ("Minh", "form-kept", one.title, "2")]


def test_a_round_is_opened_moved_and_closed(chat: Chat, round_id: int) -> None:
    version = chat.desk().forms()[0].id
    due = chat.now + timedelta(days=9)
    does(chat, "minh", OpenRound("Đợt mới", version, chat.now, due, ("phong-khtc", UNIT), "nv-1"))
    one = next(each for each in chat.desk().rounds() if each.title == "Đợt mới")
    assert (one.units, one.due_at, one.opens_at, one.obligation) == (("phong-khtc", UNIT), due, chat.now, "nv-1")
    later = due + timedelta(days=1)
    does(chat, "minh", ChangeRound(one.id, due_at=later))
    assert (moved := chat.desk().round(one.id)) is not None and moved.due_at == later
    does(chat, "minh", ChangeRound(one.id, closed_at=chat.now))
    with pytest.raises(Conflict):  # by another admin, meanwhile
        does(chat, "minh", ChangeRound(one.id, due_at=due))
    assert [(action, subject) for _, action, subject, _ in logged(chat)] == [
        ("round-opened", "Đợt mới"),
        ("round-due", "Đợt mới"),
        ("round-closed", "Đợt mới"),
    ]


def test_a_round_needs_its_form_and_units_and_a_duty_has_one(chat: Chat, round_id: int) -> None:
    version, due = chat.desk().forms()[0].id, chat.now + timedelta(days=9)
    opened = OpenRound("Đợt mới", version, chat.now, due, (UNIT,), "nv-1")
    for wrong in (replace(opened, form=99), replace(opened, units=("khong-co",))):
        with pytest.raises(Conflict):
            does(chat, "minh", wrong)
    does(chat, "minh", opened)
    with pytest.raises(Conflict):
        does(chat, "minh", replace(opened, title="Lần nữa"))
    assert [one.title for one in chat.desk().rounds()] == ["Đợt mới", "Báo cáo quý IV"]


def test_files_are_named_and_upload_links_belong_to_the_chat(chat: Chat) -> None:
    does(chat, "lan", KeepFiles((Attachment("c" * 64, "Ảnh.jpg", "image/jpeg", 3),)))
    assert chat.desk().file_name("c" * 64) == "Ảnh.jpg"
    until = chat.now + timedelta(minutes=30)
    does(chat, "lan", IssueUpload("token", until))
    with reading(chat.engine) as session:
        assert uploads.look_up(session, "token", chat.now) == uploads.Link("fake", "chat-lan", "lan", until)


# Telling


def test_admins_and_clerks_of_the_unit_are_told_others_not(chat: Chat) -> None:
    colleague(chat, "nga", "Nga", Role.CLERK, UNIT)
    colleague(chat, "ha", "Hà", Role.ADMIN)
    does(chat, "minh", TellUnit(UNIT, Reply("Đơn vị")), TellAdmins(Reply("Quản trị")))
    chat.work()
    told = {who: heard(chat, who) for who in ("lan", "nga", "tuan", "minh", "ha", "binh")}
    assert told == {
        "lan": ["Đơn vị"], "nga": ["Đơn vị"], "tuan": [], "minh": ["Quản trị"], "ha": ["Quản trị"], "binh": [],
    }  # fmt: skip


def test_what_has_a_key_is_said_once_in_every_chat(chat: Chat) -> None:
    with writing(chat.engine) as session:
        lan = people.person_of(session, "fake", "lan")
        assert lan is not None
        people.link(session, lan.id, Account("fake", "lan2", "chat-" + "x" * 110, "", chat.now))  # a long key
    for _ in range(2):
        does(chat, "minh", TellUnit(UNIT, Reply("Nhắc"), "nudge:1"), TellAdmins(Reply("Nhắc"), "nudge:1"))
    does(chat, "minh", TellUnit(UNIT, Reply("Nhắc nữa"), "nudge:2"))
    with reading(chat.engine) as session:
        rows = session.execute(select(OutboxRow.chat, OutboxRow.reply, OutboxRow.key)).all()
    assert len(rows) == 5
    assert len({row.key for row in rows}) == 5
    assert max(len(row.key or "") for row in rows) <= 128
    chat.work()
    assert (heard(chat, "lan"), heard(chat, "minh")) == (["Nhắc", "Nhắc nữa"], ["Nhắc"])


# Through the service: of two steps decided on one revision, one is kept and the other decided anew


def counting(state: State, incoming: Incoming, context: Context) -> Step:
    """Add what is typed to the unit's draft, on the revision that is seen."""
    one = context.desk.submission(1, UNIT)
    before = str(one.draft.values.get("kho_khan", "")) if one else ""
    after = Draft({"kho_khan": before + incoming.text})
    return Step(state, (Reply(before + incoming.text),), (SaveDraft(1, UNIT, after, one.revision if one else 0),))


@pytest.mark.parametrize("begins", [False, True])
def test_two_clerks_at_once_never_overwrite_each_other(chat: Chat, begins: bool) -> None:
    colleague(chat, "nga", "Nga", Role.CLERK, UNIT)
    assert chat.opens(form()) == 1
    chat.takes(counting)
    if not begins:
        chat.as_("lan").says("o")
    for who, text in (("lan", "a"), ("nga", "b")):
        chat.receive(Incoming("fake", f"chat-{who}", who, IncomingKind.TEXT, text, chat.now))
    chat.processor.do_some(8)  # both are decided on what neither has changed yet
    first = present(chat, 1)
    assert first.draft.values["kho_khan"] in (("a", "b") if begins else ("oa", "ob"))
    chat.later(seconds=30)  # the other one is tried again
    chat.work()
    now = present(chat, 1)
    assert sorted(str(now.draft.values["kho_khan"])) == (["a", "b"] if begins else ["a", "b", "o"])
    assert now.revision == first.revision + 1


def test_changes_of_one_batch_are_seen_by_what_follows(chat: Chat, round_id: int) -> None:
    """One transaction may hold many steps: what an earlier one changed must not be read as it was."""
    incoming = Incoming("fake", "chat-minh", "minh", IncomingKind.TEXT, "", chat.now)
    with writing(chat.engine) as session:
        minh, lan = people.person_of(session, "fake", "minh"), people.person_of(session, "fake", "lan")
        assert minh is not None and lan is not None
        held = [
            *session.scalars(select(PersonRow)),
            *session.scalars(select(UnitRow)),
            *session.scalars(select(RoundRow)),
        ]
        assert len(held) == 7
        scene = Scene(session, incoming, minh, None, chat.now)
        people.rename_unit(session, UNIT, "Phòng Mới", ())
        people.switch_unit(session, "phong-khtc", active=False)
        people.change_person(session, lan.id, Role.STAFF, UNIT, active=True)
        assert [unit.name for unit in people.units(session) if unit.active] == ["Phòng Mới"]
        assert people.people(session, role=Role.CLERK, unit=UNIT) == ()
        assert [one.role for one in people.people(session, unit=UNIT)] == [Role.STAFF]
        apply(ChangeRound(round_id, closed_at=chat.now), scene)
        assert rounds.round_(session, round_id) == replace(rounds.rounds(session)[0], closed_at=chat.now)


# A person who has their data removed


def test_a_forgotten_person_is_a_nameless_one_in_reports(chat: Chat, handed_in: Submission) -> None:
    does(chat, "minh", KeepForm(form(), "d" * 64))
    does(chat, "minh", Return(handed_in.id, handed_in.revision, "Thiếu"))
    colleague(chat, "ha", "Hà", Role.ADMIN)  # somebody has to stay
    decided = Decision("kh-1", Status.DISMISSED, SEEN, "Minh", chat.now, revision=1)
    with writing(chat.engine) as session:
        codes.issue(session, Offer("d1", Role.CLERK, UNIT, "", "Lan", None), "Minh", chat.now, chat.now)
        assert codes.take(session, "d1", chat.now - timedelta(days=1))
        assert obligations.decide(session, decided)
        audit.write(session, audit.Entry(chat.now, None, "dòng lệnh", "code-issued", "Lan"))
    for who in ("lan", "minh"):
        chat.as_(who).says("/xoadulieu").taps("Xóa dữ liệu của tôi")
    one = present(chat, handed_in.round)
    assert (one.editor_name, one.draft.values) == ("(đã xóa)", {"sang_kien": "12"})
    assert [event.actor for event in chat.desk().history(one.id)] == ["(đã xóa)", "(đã xóa)"]
    assert chat.desk().forms()[0].uploaded_by == "(đã xóa)"
    assert chat.desk().people() == tuple(
        person for person in chat.desk().people() if person.name in ("Bình", "Hà", "Tuấn")
    )
    with reading(chat.engine) as session:
        rows = session.execute(select(AuditRow.actor, AuditRow.subject, AuditRow.detail)).all()
        kept = " ".join(session.scalars(select(OutboxRow.reply)))
        code = session.execute(select(LinkCodeRow.name, LinkCodeRow.issued_by)).one()
        assert obligations.decision(session, "kh-1") == replace(decided, by="(đã xóa)")
    assert tuple(code) == (None, "(đã xóa)")
    assert not [text for row in rows for text in row if text in ("Lan", "Minh")]
    assert "Lan" not in kept and "Minh" not in kept
