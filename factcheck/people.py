"""People who use the page: their roles, and what a role permits."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from factcheck.errors import InvalidSetting


class Role(IntEnum):
    """What a person may do. Each role includes those before it.

    `READER` reads checks, articles and archive; `EDITOR` checks and decides; `ARCHIVIST` changes the archive; `ADMIN` does all.
    """

    READER = 1
    EDITOR = 2
    ARCHIVIST = 3
    ADMIN = 4


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signed in. `id` is unique and stays, `name` is shown to others."""

    id: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class RoleRules:
    """Which people have which role: pairs of a group or e-mail address and its role. `*` is everybody who may sign in."""

    pairs: tuple[tuple[str, Role], ...]

    def role_of(self, names: Iterable[str]) -> Role | None:
        """The highest role of somebody with these groups and addresses; None if no rule fits."""
        held = {name.casefold() for name in names} | {"*"}
        return max((role for name, role in self.pairs if name.casefold() in held), default=None)


def parse_roles(setting: str) -> RoleRules:
    """Rules from words such as `news-desk=editor it@desk.example=admin *=reader`.

    Raises: `InvalidSetting`.

    >>> parse_roles("desk=editor").role_of(["desk"]).name
    'EDITOR'
    """
    pairs = []
    for word in setting.split():
        name, _, role = word.rpartition("=")
        if not name or role.upper() not in Role.__members__:
            known = ", ".join(r.name.lower() for r in Role)
            raise InvalidSetting(f"FACTCHECK_ROLES: {word!r} must be a group or address, `=`, and one of {known}")
        pairs.append((name, Role[role.upper()]))
    return RoleRules(tuple(pairs))
