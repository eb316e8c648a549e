"""Templates, styles, fonts and the catalogue of sentences: the inputs of rendering besides the content."""

import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from insyn.disk.build_record import ROOT
from insyn.disk.hashing import hash_of
from insyn.disk.snapshot import FolderSnapshot

PROJECT = Path(ROOT)
CODE = ("insyn/",)
STYLESHEET = "assets/insyn.css"
SCHEMAS = "data/schema/"
"""Path of the published formats' schemas, from the site root. It never changes."""


class Materials(Struct, frozen=True):
    """`fonts` are TrueType files for drawing, by name; `assets` files to publish, by path from the site root."""

    texts: str
    templates: Mapping[str, str]
    assets: Mapping[str, bytes]
    fonts: Mapping[str, bytes]
    compiled: Path
    """The cache folder for compiled templates. They are code, so it is next to Python's compiled modules."""


def hash_of_code(tools: FolderSnapshot) -> str:
    """Return a hash of the program, `texts.yaml` included."""
    return hash_of_files(tools, CODE)


def hash_of_files(tools: FolderSnapshot, beginnings: tuple[str, ...]) -> str:
    """Return a hash of the files whose paths begin with any of `beginnings`."""
    return hash_of(*(f"{path}:{found}" for path, (_, found) in tools.files.items() if path.startswith(beginnings)))


def installed(libraries: Collection[str]) -> list[str]:
    """Return the `name-version` folders of libraries. `importlib.metadata` would take longer to import."""
    folders = (Path(path) for path in sys.path if path.endswith(("site-packages", "dist-packages")))
    found = (entry.name for folder in folders if folder.is_dir() for entry in folder.iterdir())
    names = (name for name in found if name.endswith((".dist-info", ".egg-info")))
    return sorted(name for name in names if name.split("-")[0].lower().replace(".", "_") in libraries)


def read_materials(project: Path) -> Materials:
    templates, fonts = project / "templates", project / "assets" / "fonts"
    return Materials(
        texts=read_catalogue(project),
        templates={
            file.relative_to(templates).as_posix(): file.read_text("utf-8")
            for file in (*_files(templates, ".html"), *_files(templates, ".xml"), *_files(templates, ".conf"))
        },
        assets=dict(_read_assets(project / "assets")),
        fonts={file.stem: file.read_bytes() for file in _files(fonts, ".ttf")},
        compiled=project / "insyn" / "__pycache__",
    )


def read_catalogue(project: Path = PROJECT) -> str:
    return (project / "insyn" / "texts.yaml").read_text("utf-8")


def _files(folder: Path, suffix: str) -> list[Path]:
    return sorted(file for file in folder.rglob(f"*{suffix}") if file.is_file())


def _read_assets(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield published assets by path: all stylesheets as one, in order of name, and other files as they are."""
    styles = [file.read_text("utf-8") for file in _files(folder / "css", ".css")]
    yield STYLESHEET, "\n".join(styles).encode()
    for file in _files(folder / "schema", ".json"):
        yield f"{SCHEMAS}{file.name}", file.read_bytes()
    for file in [*_files(folder / "fonts", ".woff2"), *_files(folder / "fonts", ".txt"), *sorted(folder.glob("*.*"))]:
        yield f"assets/{file.relative_to(folder).as_posix()}", file.read_bytes()
