"""What is done on a page, made to happen as the chat would: the same effects, in one transaction.

The rights are looked at once more inside it: whoever lost them since the page was made changes nothing. Where the world
has changed meanwhile, Conflict: nothing of it is kept, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.dialogues.state import Effect
from bot.domain.messages import Incoming, IncomingKind
from bot.domain.people import Action, Person, may
from bot.effects import Scene, apply
from bot.store import people
from bot.web.site import Site
from knowledge.db import writing

CHANNEL = "web"
_CHAT = "quan-tri"  # no chat: nobody is written to there


class NotAllowed(Exception):
    """The person may not do this, or not any more."""


def act(site: Site, person: Person, action: Action, effects: Iterable[Effect]) -> None:
    """Make `effects` happen as `person`, who needs `action`; NotAllowed or Conflict, and then nothing happens."""
    now = site.clock()
    incoming = Incoming(CHANNEL, _CHAT, _CHAT, IncomingKind.TEXT, "", now, display_name=person.name)
    with writing(site.service.engine) as session:
        known = people.person(session, person.id)
        if not may(known, action):
            raise NotAllowed(action.value)
        scene = Scene(session, incoming, known, None, now)
        for effect in effects:
            apply(effect, scene)
