"""The kinds of keys in front matter: the name of a key, its allowed values, and its description for staff.

Each kind is a class of its own, so that mypy rejects a reader that asks for a day from a key of text.
"""

from collections.abc import Mapping
from typing import ClassVar, Generic, TypeVar

from msgspec import Struct

from insyn.model import Unit
from insyn.reading.characters import fold

Choice = TypeVar("Choice")


class FrontMatterKey(Struct, frozen=True):
    """A key of any kind. `help` and `example` are Swedish, as Markdown and YAML."""

    name: str
    help: str
    example: str = ""
    required: bool = False
    since: int = 1
    """The schema version that introduced it."""


class Keys:
    """The keys of one mapping, each as an attribute with the name of its field in the model."""

    block: ClassVar[str]
    """Swedish name of the mapping, in the guide's source and in the schema."""
    makes: ClassVar[type[Struct]]
    """The type that the mapping is read into, if it becomes one value."""
    fields: ClassVar[Mapping[str, FrontMatterKey]] = {}
    """Every key by attribute name, in the order of the guide."""
    named: ClassVar[Mapping[str, FrontMatterKey]]
    """Every key by folded name."""
    read: ClassVar[Mapping[str, FrontMatterKey]] = {}
    """The keys that are named as fields of the type that is made."""

    def __init_subclass__(cls) -> None:
        cls.fields = {**cls.fields, **{name: one for name, one in vars(cls).items() if isinstance(one, FrontMatterKey)}}
        if hasattr(cls, "makes"):
            fields = cls.makes.__struct_fields__
            cls.read = {name: key for name, key in cls.fields.items() if name in fields}
        cls.named = {fold(key.name): key for key in cls.fields.values()}


class ConstantKey(FrontMatterKey, frozen=True, kw_only=True):
    """States which handbook a file follows."""

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
    """The word that is assumed if none is written."""


class ChoicesKey(FrontMatterKey, Generic[Choice], frozen=True, kw_only=True):
    """A list of words."""

    words: Mapping[str, Choice]


class TextsKey(FrontMatterKey, frozen=True): ...


class AmountKey(FrontMatterKey, frozen=True, kw_only=True):
    unit: Unit | None = None
    """The unit of the amount; None for the unit of the table."""


class CellKey(FrontMatterKey, frozen=True):
    """One cell. It may be blank, as in the source."""


class CellsKey(FrontMatterKey, frozen=True):
    """One cell for each column."""


class ExpressionKey(FrontMatterKey, frozen=True):
    """A figure of the budget, as read by `read_expression`."""


class ColumnsKey(FrontMatterKey, frozen=True):
    """Ids of the budget's columns."""


class MappingKey(FrontMatterKey, frozen=True, kw_only=True):
    of: type[Keys]
    or_computed: bool = False
    """Whether a single word is allowed instead, which asks the site to compute it."""


class MappingsKey(FrontMatterKey, frozen=True, kw_only=True):
    """A list of mappings, each with the keys of one of the kinds in `of`."""

    of: tuple[type[Keys], ...]
    has_items: bool = False
    """Whether an empty list counts as missing."""
    or_texts: bool = False
    """Whether an item may be a text alone."""


class NamedMappingsKey(FrontMatterKey, frozen=True, kw_only=True):
    """A mapping from names, which aren't keys, to mappings."""

    of: type[Keys]
