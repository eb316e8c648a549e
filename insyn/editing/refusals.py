"""What can't be done with a file without a guess, as a value with a place and a sentence in texts.yaml."""

from msgspec import Struct

from insyn.problems import Place
from insyn.texts import Texts


class Refusal(Struct, frozen=True):
    """Why nothing was changed. `key` is a sentence of the catalogue's `report`, which `values` fill in."""

    key: str
    place: Place
    values: tuple[tuple[str, str], ...] = ()

    def sentence(self, texts: Texts) -> str:
        """Return what is told of it, and what to do."""
        return texts.tell(self.key, **dict(self.values))


class Refused(Exception):
    """Carries a refusal from where it is seen to `edit`, which returns it: never leaves the package."""

    def __init__(self, sentence: str, offset: int | Place | None = None, **values: object) -> None:
        super().__init__(sentence)
        self.key, self.offset = sentence, offset
        self.values = tuple(sorted((name, str(value)) for name, value in values.items()))

    def at(self, file: str, text: str) -> Refusal:
        """Return the refusal, with the place in a file."""
        place = self.offset if isinstance(self.offset, Place) else place_of(file, text, self.offset or 0)
        return Refusal(self.key, place, self.values)


def place_of(file: str, text: str, offset: int) -> Place:
    """Return line and column of a character in a text, whatever its lines end with."""
    before = text[:offset].removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
