"""What the service promises: once, in order, nobody waits for another, failures told and parked."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.channels.base import DeliveryError
from bot.dialogues import router
from bot.dialogues.state import Context, State, Step, Tell
from bot.domain.messages import Incoming, IncomingKind, Reply
from bot.domain.people import ALLOWED, Action, Role
from bot.service import ATTEMPTS, SORRY, Service
from bot.store import inbox, outbox, retention
from bot.store.tables import ConversationRow, InboxRow, OutboxRow
from bot.worker import Processor
from knowledge.db import reading, writing
from tests.bot.chat import Chat

ON_BOTH_DATABASES = True


def text(chat: Chat, who: str, said: str) -> Incoming:
    return Incoming("fake", f"chat-{who}", who, IncomingKind.TEXT, said, chat.now)


def states(chat: Chat, table: type[InboxRow] | type[OutboxRow]) -> list[str]:
    with reading(chat.engine) as session:
        return list(session.scalars(select(table.state).order_by(table.id)))


def test_the_same_update_is_answered_once(chat: Chat) -> None:
    said = text(chat, "lan", "hạn báo cáo?")
    assert [chat.receive(said, "7"), chat.receive(said, "7")] == [1, 0]
    chat.work()
    chat.receive(said, "7")
    chat.work()
    assert len(chat.channel.delivered) == 1


def test_what_cannot_be_read_is_kept_and_skipped(chat: Chat) -> None:
    chat.receive(None)
    chat.work()
    assert states(chat, InboxRow) == ["skipped"]
    assert chat.channel.delivered == []


def test_order_is_kept_within_a_chat(chat: Chat) -> None:
    for said in ("hạn báo cáo?", "giờ mở cửa?"):
        chat.receive(text(chat, "lan", said))
    with writing(chat.engine) as session:
        first = inbox.claim(session, "a", chat.now, timedelta(minutes=1), 9)
        assert [claim.incoming.text for claim in first] == ["hạn báo cáo?"]
        assert inbox.claim(session, "b", chat.now, timedelta(minutes=1), 9) == ()
        assert inbox.finish(session, first, chat.now) == {first[0].id}
        assert [one.incoming.text for one in inbox.claim(session, "b", chat.now, timedelta(minutes=1), 9)] == [
            "giờ mở cửa?"
        ]


def test_a_lost_lease_keeps_nothing(chat: Chat) -> None:
    chat.receive(text(chat, "lan", "hạn báo cáo?"))
    with writing(chat.engine) as session:
        (slow,) = inbox.claim(session, "slow", chat.now, timedelta(seconds=20))
    decided = chat.service.decide(slow, chat.now)
    chat.later(seconds=30)
    chat.work()
    assert len(chat.channel.delivered) == 1
    with writing(chat.engine) as session:
        chat.service.keep_apart(session, [decided], chat.now)
    chat.work()
    assert len(chat.channel.delivered) == 1


def test_two_steps_from_one_state_are_not_both_kept(chat: Chat) -> None:
    chat.receive(text(chat, "lan", "hạn báo cáo?"))
    with writing(chat.engine) as session:
        (claim,) = inbox.claim(session, "test", chat.now, timedelta(seconds=20))
    decided = chat.service.decide(claim, chat.now)
    with writing(chat.engine) as session:
        fresh = {"channel": "fake", "chat": "chat-lan", "state": "{}", "version": 3, "updated_at": chat.now}
        session.add(ConversationRow(**fresh, blocked_at=None))
        session.flush()
        chat.service.keep_apart(session, [decided], chat.now)
    assert states(chat, InboxRow) == ["new"]
    chat.later(minutes=1)
    chat.work()
    assert len(chat.channel.delivered) == 1


def test_a_failing_message_is_tried_again_then_parked_and_owned_up_to(chat: Chat) -> None:
    lan = chat.as_("lan").says("câu hỏi hỏng").sees(replies=0)
    for _ in range(ATTEMPTS):
        chat.later(minutes=1)
        chat.work()
    lan.hears().sees(SORRY)
    assert states(chat, InboxRow) == ["parked"]
    with reading(chat.engine) as session:
        row = session.scalars(select(InboxRow)).one()
        assert "scripted failure" in (row.error or "")
        assert row.attempts == ATTEMPTS
    lan.says("hạn báo cáo?").sees("15/12/2025")


def test_a_failing_message_holds_up_its_own_chat_only(chat: Chat) -> None:
    chat.receive(text(chat, "lan", "câu hỏi hỏng"))
    chat.as_("lan").says("hạn báo cáo?").sees(replies=0)
    chat.as_("tuan").says("hạn báo cáo?").sees("15/12/2025")


def test_a_message_that_kills_the_process_is_parked_in_the_end(chat: Chat) -> None:
    chat.receive(text(chat, "lan", "hạn báo cáo?"))
    for _ in range(20):
        with writing(chat.engine) as session:
            inbox.release_expired(session, chat.now)
            claims = inbox.claim(session, "dying", chat.now, timedelta(seconds=1))
            if claims and claims[0].attempts >= 10:
                break
        chat.later(seconds=2)
    with writing(chat.engine) as session:
        chat.service.keep_apart(session, [chat.service.decide(claims[0], chat.now)], chat.now)
    assert states(chat, InboxRow) == ["parked"]


def test_one_slow_chat_does_not_hold_up_another(chat: Chat) -> None:
    go_on = threading.Event()

    def slow(state: State, incoming: Incoming, context: Context) -> Step:
        if incoming.sender == "lan":
            go_on.wait(30)
        return router.step(state, incoming, context)

    done = threading.Event()
    processor = Processor(
        Service(chat.engine, chat.source, chat.rules, step=slow), "slow", lambda: chat.now, done=done.set
    )
    chat.receive(text(chat, "lan", "hạn báo cáo?"))
    chat.receive(text(chat, "tuan", "hạn báo cáo?"))
    thread = threading.Thread(target=processor.run)
    thread.start()
    try:
        assert done.wait(30)
        assert states(chat, InboxRow) == ["processing", "done"]
    finally:
        go_on.set()
        processor.stop()
        thread.join(30)
    assert states(chat, InboxRow) == ["done", "done"]


def test_a_refused_database_loses_no_step(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    chat.receive(text(chat, "lan", "hạn báo cáo?"))
    kept, failures = chat.service.keep_apart, [OperationalError("commit", None, Exception("disk full"))] * 2

    def fails_twice(*arguments: object) -> None:
        if failures:
            raise failures.pop()
        kept(*arguments)  # type: ignore[arg-type]  # passed on as they came

    for name in ("keep", "keep_apart"):
        monkeypatch.setattr(chat.service, name, fails_twice)
    monkeypatch.setattr("bot.worker._TROUBLED", 0.01)
    done = threading.Event()
    processor = Processor(chat.service, "test", lambda: chat.now, done=done.set)
    thread = threading.Thread(target=processor.run)
    thread.start()
    assert done.wait(30)
    processor.stop()
    thread.join(30)
    assert states(chat, InboxRow) == ["done"]


def test_who_blocked_the_bot_is_left_alone_until_they_write_again(chat: Chat) -> None:
    chat.channel.failures["chat-lan"] = [DeliveryError("Forbidden", permanent=True, blocked=True)]
    lan = chat.as_("lan").says("hạn báo cáo?").sees(replies=0)
    with writing(chat.engine) as session:
        outbox.put(session, "fake", "chat-lan", Reply("Nhắc báo cáo"), chat.now)
    chat.later(days=1)
    chat.work()
    assert states(chat, OutboxRow) == ["blocked", "blocked"]
    lan.says("giờ mở cửa?").sees("15/12/2025", "Nhắc báo cáo", "Kho lưu trữ", replies=3)


def test_a_platform_that_asks_to_wait_is_obeyed(chat: Chat) -> None:
    chat.channel.failures["chat-lan"] = [DeliveryError("429", retry_after=30)]
    lan = chat.as_("lan").says("hạn báo cáo?").sees(replies=0)
    chat.later(seconds=29)
    chat.work()
    assert chat.channel.delivered == []
    chat.later(seconds=1)
    chat.work()
    lan.hears().sees("15/12/2025")


def test_transient_failures_are_retried_and_permanent_ones_parked(chat: Chat) -> None:
    chat.channel.failures["chat-lan"] = [DeliveryError("timeout"), DeliveryError("timeout")]
    chat.channel.failures["chat-tuan"] = [DeliveryError("Bad Request", permanent=True)]
    chat.as_("lan").says("hạn báo cáo?")
    chat.as_("tuan").says("hạn báo cáo?")
    for _ in range(3):
        chat.later(minutes=1)
        chat.work()
    assert states(chat, OutboxRow) == ["sent", "parked"]


def test_a_group_that_moved_is_followed(chat: Chat) -> None:
    chat.channel.failures["group"] = [DeliveryError("migrated", moved_to="supergroup")]
    chat.as_("lan", "group", private=False).says("hạn báo cáo?")
    assert [one.chat for one in chat.channel.delivered] == ["supergroup"]


def test_a_key_is_said_once(chat: Chat) -> None:
    with writing(chat.engine) as session:
        put = [outbox.put(session, "fake", "c", Reply("Nhắc"), chat.now, key="nhac:1:2025-12-01") for _ in range(2)]
    assert put == [True, False]


def test_telling_another_person(chat: Chat) -> None:
    minh = chat.person("minh")

    def tells(state: State, incoming: Incoming, context: Context) -> Step:
        return Step(state, (Reply("Đã chuyển."),), (Tell(minh.id, Reply("Có câu hỏi mới."), "cau-hoi:1"),))

    chat.takes(tells)
    for _ in range(2):
        chat.as_("lan").says("hỏi người phụ trách").sees("Đã chuyển")
    assert [one.chat for one in chat.channel.delivered].count("chat-minh") == 1


@pytest.mark.parametrize("role", list(Role))
def test_who_may_do_what_through_the_real_service(chat: Chat, role: Role) -> None:
    """Every action asked of a real context of every role: the service adds no way around the table."""
    seen: dict[Action, bool] = {}

    def looks(state: State, incoming: Incoming, context: Context) -> Step:
        seen.update({action: context.may(action) for action in Action})
        return router.step(state, incoming, context)

    chat.takes(looks)
    who = {Role.CLERK: "lan", Role.ADMIN: "minh", Role.LEADER: "binh"}.get(role)
    if who is None:
        with writing(chat.engine) as session:
            session.connection().exec_driver_sql("update people set role = 'staff' where name = 'Tuấn'")
        who = "tuan"
    speaker = chat.as_(who)
    speaker.says("/giup")
    assert seen == {action: role in ALLOWED[action] for action in Action}
    for command in router.COMMANDS:
        speaker.says(f"/{command.names[0]}")
        refused = any("không có quyền" in reply.text for reply in speaker.replies)
        assert refused is (command.action is not None and role not in ALLOWED[command.action])


@pytest.mark.parametrize("command", [one for one in router.COMMANDS if one.action is not None])
def test_a_stranger_gets_nowhere(chat: Chat, command: router.Command) -> None:
    chat.as_("hoa").says(f"/{command.names[0]} gì đó").sees("mã liên kết")


def test_what_is_old_is_removed(chat: Chat) -> None:
    chat.as_("lan").says("hạn báo cáo?")
    chat.as_("hoa").says("ZZZZZ-ZZZZZ")
    with writing(chat.engine) as session:
        outbox.put(session, "fake", "c", Reply("Nhắc"), chat.now, key="nhac")
        assert retention.tidy(session, chat.now + timedelta(days=89), 90, 1000) == 1  # the guess
        assert retention.tidy(session, chat.now + timedelta(days=91), 90, 1000) == 6
        remaining = session.scalars(select(OutboxRow.key)).all()
    assert remaining == ["nhac"]
