"""What a repository says about the site of an article, read when a rule asks for it and shared by its pages.

The root of a site is the nearest folder above an article with the configuration of a generator, up to the root of its
repository or, without one, to the folder that the user named. Files are read as text, up to a bound; none is executed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice
from pathlib import Path

from acu_lint.document.site import Site, SiteFile
from acu_lint.system.fingerprint import digest
from acu_lint.system.tree import Tree, UnreadableError, is_never_read, repository

_CONFIGS = frozenset(
    "_config.yml _config.yaml _config.toml hugo.toml hugo.yaml hugo.yml hugo.json config.toml config.yaml config.yml "
    "config.json mkdocs.yml mkdocs.yaml zensical.toml pelicanconf.py docusaurus.config.js docusaurus.config.ts "
    "astro.config.mjs astro.config.ts .eleventy.js eleventy.config.js eleventy.config.mjs gatsby-config.js "
    "gatsby-config.ts gridsome.config.js nuxt.config.js nuxt.config.ts svelte.config.js _quarto.yml _quarto.yaml "
    "next.config.js next.config.mjs next.config.ts .vitepress".split()
)
# Where generators and their users keep the data of a site.
_FOLDERS = ("_data", "src/_data", "data", "src/data", "src", "src/config", "src/lib", "lib")
_SETTINGS = ("toml", "yaml", "yml")
_NAMES = "site metadata meta siteMetadata siteConfig site.config config consts author".split()
_DATA = frozenset(f"{name}.{end}" for name in _NAMES for end in "json yml yaml js mjs ts toml".split())
# The names of the files that configure a site or hold its data, by their folder.
_TOLD_IN: Mapping[str, frozenset[str]] = {
    "config/_default": frozenset({f"{name}.{end}" for name in ("hugo", "config", "params") for end in _SETTINGS}),
    **dict.fromkeys(_FOLDERS, _DATA),
    "": _CONFIGS | _DATA,
}
_FRAMES = (
    "_layouts", "_includes", "layouts", "themes", "theme", "templates", "partials", "overrides", "components", "views",
    "src/layouts", "src/_includes", "src/_layouts", "src/templates", "src/components", "src/partials", "src/theme",
    "source/_layouts",
)  # fmt: skip
# Where pages stand beside the frames of others, which begin so: "[slug].astro", "_app.tsx", "+layout.svelte".
_ROUTES = ("app", "src/app", "src/pages", "pages", "src/routes")
_FRAMING = ("[", "_", "layout.", "+layout.", "$")
_FRAME_ENDS = (".njk", ".liquid", ".hbs", ".astro", ".jsx", ".tsx", ".vue", ".svelte", ".ejs", ".php", ".twig", ".j2")
_PRESENTATIONS = frozenset({"index", "_index", "home", "about", "about-us", "aboutus", "who-we-are", "+page", "page"})
_PRESENTED_IN = ("", "content", "docs", "src", "pages", "src/pages", "src/content", "_pages", "source")
_PAGE_ENDS = (".md", ".markdown", ".mdx", ".html", ".htm", ".txt")
_LONGEST, _HEAD = 200_000, 4_000  # bytes of a file, and of a page beside an article, that are read
_MOST_FRAMES, _DEPTH = 300, 5  # files, and folders below a folder of frames
_SAMPLE = 40  # pages beside an article, spread over their folder, that tell whether pages are signed there
_MOST_FOLDERS = 50  # that are remembered: pages come folder by folder


class SiteFiles:
    """The sites of a run by the folder of their pages; each folder is looked at once."""

    def __init__(self, paths: Sequence[str] = ()) -> None:
        """``paths`` are the files and folders that the user named, by default the working folder."""
        self._named = [Path(os.path.abspath(path)) for path in paths or ["."]]  # noqa: PTH100 -- as in "of"
        self._roots: dict[Path, _Root] = {}
        self._of_pages: dict[tuple[Path, str], TracedSite] = {}

    def of(self, path: str) -> TracedSite:
        """The site of a file, which need not exist."""
        file = Path(os.path.abspath(path))  # noqa: PTH100 -- resolve() would follow links
        alone = file.stem == "index" and _pages(file.parent) == [file] and self.root(file.parent).folder != file.parent
        pages = (file.parent.parent, file.name) if alone else (file.parent, "")
        if pages not in self._of_pages:
            if len(self._of_pages) == _MOST_FOLDERS:  # what was read of their pages is not kept for ever
                self._of_pages.clear()
            self._of_pages[pages] = _SiteOfFolder(self, *pages)
        return self._of_pages[pages]

    def root(self, folder: Path) -> _Root:
        """The site that a folder is in."""
        last = repository(folder) or next((each for each in self._named if folder.is_relative_to(each)), folder)
        above = [each for each in (folder, *folder.parents) if each.is_relative_to(last)]
        found = next((each for each in above if not _CONFIGS.isdisjoint(_names(each))), last)
        if found not in self._roots:
            self._roots[found] = _Root(found)
        return self._roots[found]


class _Root:
    """What is the same for all pages of a site."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._tree = Tree([folder])

    @cached_property
    def config(self) -> Sequence[SiteFile]:
        folders = ((self.folder / name, names) for name, names in _TOLD_IN.items() if self.holds(name))
        return tuple(self.texts(folder / name for folder, names in folders for name in sorted(_names(folder) & names)))

    @cached_property
    def frames(self) -> Sequence[SiteFile]:
        ends = (*_FRAME_ENDS, ".html")
        framed = (path for name in filter(self.holds, _FRAMES) for path in _below(self.folder / name, ends, _DEPTH))
        routes = (
            path for name in filter(self.holds, _ROUTES) for path in _below(self.folder / name, _FRAME_ENDS, _DEPTH)
        )
        found = chain(framed, (path for path in routes if path.name.startswith(_FRAMING)))
        return tuple(self.texts(list(islice(found, _MOST_FRAMES))))

    @cached_property
    def presentation(self) -> Sequence[SiteFile]:
        folders = filter(self.holds, _PRESENTED_IN)
        return tuple(self.texts(path for name in folders for path in _presenting(self.folder / name)))

    def holds(self, name: str) -> bool:
        """Whether a folder of the site is one, and no link that leads elsewhere."""
        folder = self.folder / name
        return folder.is_dir() and folder.resolve() == self.folder.resolve() / name

    def texts(self, paths: Iterator[Path] | Sequence[Path], limit: int = _LONGEST) -> Iterator[SiteFile]:
        """Read what can be read of files, the first ``limit`` bytes of each."""
        for path in dict.fromkeys(paths):
            try:
                if path.is_file() and not self._tree.why_not(os.fspath(path)):
                    name, size = path.relative_to(self.folder).as_posix(), path.stat().st_size
                    yield SiteFile(name, _beginning(path, limit), size)
            except (OSError, ValueError, UnreadableError):
                continue


class TracedSite(Site):
    """A site that tells which parts of it were looked at, and what stood there."""

    PARTS = frozenset({"config", "frames", "presentation", "beside"})

    def parts(self) -> Sequence[str]:
        """The names of the parts that were looked at so far, for whatever page."""
        raise NotImplementedError

    def digest(self, part: str) -> str:
        """A digest of all that stands in a part now."""
        raise NotImplementedError


class _SiteOfFolder(TracedSite):
    """The site as the pages of one folder see it, or where ``index`` is named, those of the folders in it."""

    def __init__(self, sites: SiteFiles, folder: Path, index: str) -> None:
        self._sites = sites
        self._folder = folder
        self._index = index
        self._digests: dict[str, str] = {}

    def parts(self) -> Sequence[str]:
        root = self.__dict__.get("_root")
        looked = {"config", "beside"} & self.__dict__.keys()
        return sorted(looked | ({"frames", "presentation"} & root.__dict__.keys() if root else set()))

    def digest(self, part: str) -> str:
        if part not in self._digests:
            files: Sequence[SiteFile] = getattr(self, part)
            self._digests[part] = digest(*(repr(file).encode(errors="surrogatepass") for file in files)).hex()
        return self._digests[part]

    @cached_property
    def _root(self) -> _Root:
        return self._sites.root(self._folder)

    @cached_property
    def config(self) -> Sequence[SiteFile]:
        above = [each for each in (self._folder, *self._folder.parents) if each.is_relative_to(self._root.folder)]
        data = (each / name for each in above for name in _data_of(each))
        return (*self._root.config, *self._root.texts(data))

    @property
    def frames(self) -> Sequence[SiteFile]:
        return self._root.frames

    @property
    def presentation(self) -> Sequence[SiteFile]:
        return self._root.presentation

    @cached_property
    def beside(self) -> Sequence[SiteFile]:
        folders = (self._folder / name / self._index for name in sorted(_names(self._folder)))
        pages = list(folders) if self._index else _pages(self._folder)
        return tuple(self._root.texts(pages[:: -(-len(pages) // _SAMPLE) or 1], _HEAD))


def _pages(folder: Path) -> list[Path]:
    return [folder / name for name in sorted(_names(folder)) if name.lower().endswith(_PAGE_ENDS)]


def _beginning(path: Path, limit: int) -> str:
    with path.open("rb") as file:
        return file.read(limit).decode(errors="replace")


def _data_of(folder: Path) -> tuple[str, ...]:
    """The names of files that give data to all pages of a folder: Eleventy, Hugo, Lume and the like."""
    own = (f"{folder.name}{end}" for end in (".json", ".11tydata.json", ".11tydata.js"))
    return (*own, "_index.md", "_data.yml")


def _names(folder: Path) -> frozenset[str]:
    try:
        return frozenset(os.listdir(folder))  # noqa: PTH208 -- names alone
    except OSError:
        return frozenset()


def _below(folder: Path, ends: tuple[str, ...], depth: int) -> Iterator[Path]:
    """The files of some endings in a folder and the folders below it, the nearest first."""
    folders: list[Path] = []
    for name in sorted(_names(folder)):
        path = folder / name
        if name.lower().endswith(ends):
            yield path
        elif "." not in name and not is_never_read(name) and depth and path.is_dir() and not path.is_symlink():
            folders.append(path)
    for each in folders:
        yield from _below(each, ends, depth - 1)


def _presenting(folder: Path) -> Iterator[Path]:
    """The home page and the page about us in a folder, each a file or a folder with an index."""
    for name in sorted(_names(folder)):
        stem = name.partition(".")[0].lower()
        if stem in _PRESENTATIONS and name.lower().endswith((*_PAGE_ENDS, ".astro", ".tsx", ".jsx")):
            yield folder / name
        elif name.lower() in _PRESENTATIONS:
            yield from (folder / name / f"{index}{end}" for index in ("index", "_index") for end in _PAGE_ENDS[:4])
