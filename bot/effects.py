"""What a step asks for, made to happen: one function an effect, all in the transaction of the step.

Raises Conflict where the world has changed since the step was decided; then nothing of the step is kept and it is
taken again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from functools import singledispatch

from sqlalchemy.orm import Session

from bot.dialogues.state import CountWrongCode, Effect, EraseMe, IssueCode, TakeCode, Tell, Unlink
from bot.domain.messages import Incoming, Reply
from bot.domain.people import Account, Person
from bot.errors import Conflict
from bot.store import audit, codes, logins, notices, obligations, outbox, owed, people, questions, retention, wishes

_LONGEST_KEY = 128  # characters of a key in the outbox


@dataclass(frozen=True, slots=True)
class Scene:
    """In whose step an effect happens."""

    session: Session
    incoming: Incoming
    person: Person | None  # who writes
    inbox_id: int | None  # of the message it answers; None: it was done on a page
    now: datetime

    def note(self, action: str, subject: str, detail: str = "", person: Person | None = None) -> None:
        """Write to the audit log."""
        actor = person or self.person
        name = actor.name if actor else self.incoming.channel
        entry = audit.Entry(self.now, actor.id if actor else None, name, action, subject, detail)
        audit.write(self.session, entry)


@singledispatch
def apply(effect: Effect, scene: Scene) -> None:
    """Make `effect` happen."""
    raise TypeError(f"no such effect: {effect!r}")


@apply.register
def _take_code(effect: TakeCode, scene: Scene) -> None:
    offer, incoming = effect.offer, scene.incoming
    if not codes.take(scene.session, offer.digest, scene.now):
        raise Conflict("the code was used meanwhile")
    person = people.person(scene.session, offer.person_id) if offer.person_id is not None else None
    if person is None:
        person = people.add_person(scene.session, effect.name, offer.role, offer.unit, scene.now)
    account = Account(incoming.channel, incoming.sender, incoming.chat, incoming.display_name, scene.now)
    if not people.link(scene.session, person.id, account):
        raise Conflict("the account was linked meanwhile")
    scene.note("link", person.name, f"{incoming.channel}, {person.role.vietnamese}", person)


@apply.register
def _count_wrong_code(effect: CountWrongCode, scene: Scene) -> None:
    codes.wrong_guess(scene.session, scene.incoming.channel, scene.incoming.sender, scene.now)


@apply.register
def _issue_code(effect: IssueCode, scene: Scene) -> None:
    issuer = scene.person.name if scene.person else scene.incoming.channel
    codes.issue(scene.session, effect.offer, issuer, scene.now, effect.expires)
    scene.note("code-issued", effect.offer.name or effect.offer.role.vietnamese, effect.offer.unit_name)


@apply.register
def _unlink(effect: Unlink, scene: Scene) -> None:
    if people.unlink(scene.session, scene.incoming.channel, scene.incoming.sender):
        scene.note("unlink", scene.person.name if scene.person else "", scene.incoming.channel)


@apply.register
def _erase_me(effect: EraseMe, scene: Scene) -> None:
    chats = {(scene.incoming.channel, scene.incoming.chat)}
    if scene.person is not None:
        person = scene.person
        chats |= {(one.channel, one.chat) for one in people.accounts(scene.session, person.id)}
        people.forget_person(scene.session, person.id)
        wishes.forget(scene.session, person.id)
        notices.forget(scene.session, person.id)
        logins.end_all(scene.session, person.id)
        scene.note("erased", person.name)
        audit.forget(scene.session, person.id, person.name)
        codes.forget(scene.session, person.id, person.name)
        obligations.forget(scene.session, person.name)
    questions.forget(scene.session, scene.person.id if scene.person else None, chats)
    for channel, chat in chats:
        retention.forget_chat(scene.session, channel, chat, but=scene.inbox_id)


@apply.register
def _tell(effect: Tell, scene: Scene) -> None:
    tell(scene, effect.person_id, effect.reply, effect.key)


def tell(scene: Scene, person_id: int, reply: Reply, key: str | None) -> None:
    """Write to a person in every private chat of theirs; in each, what has a `key` once only.

    What they may not hear of is named to them in no message, whatever it is about.
    """
    reply = replace(reply, text=owed.as_told(scene.session, person_id, reply.text))
    for account in people.accounts(scene.session, person_id):
        once = _key(key, account) if key else None
        outbox.put(scene.session, account.channel, account.chat, reply, scene.now, key=once, inbox_id=scene.inbox_id)


def _key(key: str, account: Account) -> str:
    whole = f"{key}:{account.channel}:{account.chat}"
    return whole if len(whole) <= _LONGEST_KEY else hashlib.sha256(whole.encode()).hexdigest()
