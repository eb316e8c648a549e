"""What every build is made with besides the content: materials, keys, the catalogue of sentences, parsed templates.

It depends on the program's files alone, so a process that builds again keeps it.
"""

import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from insyn.build.cache_keys import CacheKeys, hash_templates
from insyn.disk import materials
from insyn.disk.hashing import hash_of
from insyn.disk.materials import STYLESHEET, Materials
from insyn.disk.snapshot import FolderSnapshot
from insyn.disk.store import Store
from insyn.texts import Texts, read_texts

if TYPE_CHECKING:
    from jinja2 import Environment

    from insyn.charts.stylesheet import Stylesheet
    from insyn.downloads.chart_files import Paint

LIBRARIES = frozenset(
    {
        *("jinja2", "markupsafe", "markdown_it_py", "mdit_py_plugins", "pyyaml", "matplotlib", "mdurl", "msgspec"),
        *("pillow", "pyphen", "tinycss2", "xlsxwriter"),
    }
)


class Equipment(Struct, frozen=True, dict=True):
    """Everything that pages are made with besides the content."""

    tools: FolderSnapshot
    """A snapshot of the program, its templates and its assets."""
    cache: Path
    keys: CacheKeys
    texts: Texts
    materials: Materials
    drafts: bool
    """Whether drafts are shown too, as only a preview does."""

    def is_for(self, tools: FolderSnapshot, cache: Path, *, drafts: bool) -> bool:
        """Whether a build with these files and this cache may use it."""
        return (self.cache, self.drafts) == (cache, drafts) and self.tools.has_same(tools)

    @cached_property
    def environment(self) -> "Environment":
        from insyn.build.rendering import make_environment  # a check renders nothing

        return make_environment(self.materials.templates, self.materials.compiled)

    @cached_property
    def paint(self) -> "Paint":
        from insyn.downloads.chart_files import paint_of

        return paint_of(_read_stylesheet(self))

    @cached_property
    def paint_hash(self) -> str:
        return hash_of(repr(self.paint))


def read_equipment(project: Path, tools: FolderSnapshot, cache: Path, *, drafts: bool = False) -> Equipment:
    """Read templates, styles, fonts and sentences. `cache` is the folder of the store.

    A site with drafts has other keys, so that no result is taken for one of a site without.
    """
    read = materials.read_materials(project)
    program = hash_of_program(tools)
    code = hash_of("drafts", program) if drafts else program
    keys = CacheKeys(code, hash_of(*(read.fonts[name] for name in sorted(read.fonts))), hash_templates(read.templates))
    return Equipment(tools, cache, keys, _read_catalogue(cache, code, read.texts), read, drafts)


def hash_of_program(tools: FolderSnapshot) -> str:
    """Return the hash of the program, the interpreter and the libraries' versions."""
    return hash_of(materials.hash_of_code(tools), sys.version, *materials.installed(LIBRARIES))


def _read_catalogue(cache: Path, code: str, source: str) -> Texts:
    """Return the parsed catalogue of sentences, cached since it takes longer to parse than a plan."""
    store, key = Store(cache), hash_of("catalogue", code)
    cached = store.get(key)
    texts = cached if isinstance(cached, Texts) else read_texts(source)
    if texts is not cached:
        store.put(key, texts)
    store.close()
    return texts


def _read_stylesheet(equipment: Equipment) -> "Stylesheet":
    """Return the parsed stylesheet, cached since parsing takes a tenth of an edit's time."""
    from insyn.charts.stylesheet import Stylesheet

    css = equipment.materials.assets[STYLESHEET]
    store, key = Store(equipment.cache), hash_of("stylesheet", equipment.keys.code, css)
    cached = store.get(key)
    if not isinstance(cached, Stylesheet):
        from insyn.charts.css import read_stylesheet

        cached = read_stylesheet(css.decode())
        store.put(key, cached)
    store.close()
    return cached
