"""Whatever comes in through a platform's parser, the next ordinary question is answered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bot.chat import Chat
from tests.bot.fuzz import telegram, zalo
from tests.bot.fuzz.kit import FEW, TEXTS, spoiled
from tests.bot.fuzz.office import Office

ON_BOTH_DATABASES = True


@pytest.fixture(params=[telegram.PLATFORM, zalo.PLATFORM], ids=["telegram", "zalo"])
def office(request: pytest.FixtureRequest, chat: Chat) -> Office:
    chat.channel.contents |= {"f": b"%PDF-1.4", "p": b"\xff\xd8\xff", zalo.PHOTO: b"\xff\xd8\xff"}
    return Office(chat, request.param)


@FEW
@given(st.lists(TEXTS, min_size=1, max_size=4), st.booleans())
def test_any_text_leaves_the_conversation_whole(office: Office, texts: list[str], in_mid_report: bool) -> None:
    chat, says = office.fresh_chat(), office.platform.says
    office.receives(*(says(chat, text) for text in (["/baocao"] if in_mid_report else []) + texts))
    office.answers_what_comes_next(chat)


@FEW
@given(st.data())
def test_any_update_leaves_the_conversation_whole(office: Office, data: st.DataObject) -> None:
    chat, platform = office.fresh_chat(), office.platform
    updates = [platform.says(office.fresh_chat(), "/baocao")]
    for _ in range(data.draw(st.integers(1, 4))):
        update = data.draw(st.sampled_from(platform.kinds(chat)))
        for _ in range(data.draw(st.integers(0, 3))):
            update = spoiled(update, data.draw)
        updates.append(update)
    office.receives(*updates)
    office.answers_what_comes_next(chat)


def test_an_id_that_no_platform_gives_holds_nothing_up(office: Office) -> None:
    says = office.platform.says
    office.receives(says(str(10**200), "hạn báo cáo?"))
    chat = office.fresh_chat()
    office.receives(says(chat, "hạn báo cáo?"))
    office.answers_what_comes_next(chat)
