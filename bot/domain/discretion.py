"""Who may hear of a duty by name: one that comes from a document for some units only is named to nobody else.

What has a round stays owed whoever may see the document, and is then spoken of by its number alone. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.people import Person, Role, Unit
from bot.domain.publishing import Publication, Standing, hidden
from bot.domain.reminders import Duty


@dataclass(frozen=True, slots=True)
class Discretion:
    """The documents that are for some only."""

    restricted: tuple[Publication, ...] = ()  # those that name units, all in force: what is over is nobody's secret
    units: tuple[Unit, ...] = ()

    @classmethod
    def on(cls, decided: tuple[Publication, ...], units: tuple[Unit, ...]) -> Discretion:
        """Return the discretion that follows from what was decided on documents."""
        return cls(tuple(replace(one, standing=Standing.IN_FORCE) for one in decided if one.units), units)

    def hidden(self, person: Person | None, *, private: bool = True) -> frozenset[str]:
        """Return the documents that `person` must not hear of; `private`: nobody else hears along."""
        return hidden(self.restricted, person, self.units, private=private) if self.restricted else frozenset()

    def closed(self, document: str) -> frozenset[str]:
        """Return the units, by key, whose people may not see a document."""
        if not any(one.document == document for one in self.restricted):
            return frozenset()
        of_unit = ((unit.key, Person(0, "", Role.CLERK, unit.key)) for unit in self.units)
        return frozenset(key for key, person in of_unit if document in self.hidden(person))

    def as_told(self, duty: Duty, person: Person | None, *, private: bool = True) -> Duty:
        """Return a duty as `person` may hear of it."""
        if not self.restricted or duty.document not in self.hidden(person, private=private):
            return duty
        return replace(duty, title=untitled(duty.round), to="")


def untitled(round_id: int | None) -> str:
    """Return what a round, or a duty that has none, is called before those who may not hear its name."""
    return f"{f'Báo cáo số {round_id}' if round_id is not None else 'Một việc'} do Văn phòng yêu cầu"
