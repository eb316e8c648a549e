"""What a key of the front matter is: its name, what may stand there, and what staff are told about it.

Each kind of key is a class of its own, so that a reader that asks for a day where a text stands doesn't pass mypy.
"""

from collections.abc import Mapping
from typing import ClassVar, Generic, TypeVar

from msgspec import Struct

from insyn.model import Unit
from insyn.reading.characters import fold

Choice = TypeVar("Choice")


class FrontMatterKey(Struct, frozen=True):
    """A key, whatever its kind. `help` and `example` are Swedish, as Markdown and YAML."""

    name: str
    help: str
    example: str = ""
    required: bool = False
    since: int = 1
    """Number of the schema version that it came with."""


class Keys:
    """The keys of one mapping, each as the attribute that is named as its field in the model."""

    block: ClassVar[str]
    """Swedish name of the mapping, in the guide's source and in the schema."""
    makes: ClassVar[type[Struct]]
    """What the mapping is read into, where it is one value."""
    fields: ClassVar[Mapping[str, FrontMatterKey]] = {}
    """Every key by its attribute, in the order of the guide."""
    named: ClassVar[Mapping[str, FrontMatterKey]]
    """Every key by how its name is compared."""
    read: ClassVar[Mapping[str, FrontMatterKey]] = {}
    """The keys that are named as fields of what is made."""

    def __init_subclass__(cls) -> None:
        cls.fields = {**cls.fields, **{name: one for name, one in vars(cls).items() if isinstance(one, FrontMatterKey)}}
        if hasattr(cls, "makes"):
            fields = cls.makes.__struct_fields__
            cls.read = {name: key for name, key in cls.fields.items() if name in fields}
        cls.named = {fold(key.name): key for key in cls.fields.values()}


class ConstantKey(FrontMatterKey, frozen=True, kw_only=True):
    """Says which handbook a file follows."""

    value: str


class TextKey(FrontMatterKey, frozen=True, kw_only=True):
    is_markdown: bool = False
    """Whether emphasis and links are rendered."""


class WebAddressKey(FrontMatterKey, frozen=True): ...


class EmailKey(FrontMatterKey, frozen=True): ...


class DayKey(FrontMatterKey, frozen=True): ...


class PartialDateKey(FrontMatterKey, frozen=True):
    """A day, or only its month."""


class MonthKey(FrontMatterKey, frozen=True): ...


class PercentageKey(FrontMatterKey, frozen=True): ...


class YearKey(FrontMatterKey, frozen=True): ...


class YesNoKey(FrontMatterKey, frozen=True, kw_only=True):
    default: bool | None = None


class ChoiceKey(FrontMatterKey, Generic[Choice], frozen=True, kw_only=True):
    """One of several words."""

    words: Mapping[str, Choice]
    default: str | None = None
    """The word that is meant where none stands."""


class ChoicesKey(FrontMatterKey, Generic[Choice], frozen=True, kw_only=True):
    """A list of words."""

    words: Mapping[str, Choice]


class TextsKey(FrontMatterKey, frozen=True): ...


class AmountKey(FrontMatterKey, frozen=True, kw_only=True):
    unit: Unit | None = None
    """None for the unit of the table."""


class CellKey(FrontMatterKey, frozen=True):
    """One cell. It may be blank, which is what the source prints."""


class CellsKey(FrontMatterKey, frozen=True):
    """A cell for each column."""


class ExpressionKey(FrontMatterKey, frozen=True):
    """A figure of the budget, as `read_expression` reads it."""


class ColumnsKey(FrontMatterKey, frozen=True):
    """Ids of columns of the budget."""


class MappingKey(FrontMatterKey, frozen=True, kw_only=True):
    of: type[Keys]
    or_computed: bool = False
    """Whether one word may stand there, which lets the site work it out."""


class MappingsKey(FrontMatterKey, frozen=True, kw_only=True):
    """A list of mappings, each with the keys of one of `of`."""

    of: tuple[type[Keys], ...]
    has_items: bool = False
    """Whether an empty list counts as nothing."""
    or_texts: bool = False
    """Whether an item may be a text alone."""


class NamedMappingsKey(FrontMatterKey, frozen=True, kw_only=True):
    """Mappings by names that aren't keys."""

    of: type[Keys]
