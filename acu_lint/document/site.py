"""The site of an article, as far as rules may look at it: its configuration, its layouts and the pages beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class SiteFile(NamedTuple):
    """A file of the site: its path from the site's root with slashes, the text read of it, and its size in bytes."""

    name: str
    text: str
    size: int


class Site:
    """The site of a page that has none: an article by itself. ``acu_lint.project`` knows those of a repository.

    Nothing is read before a rule asks for it. Pages of the same folder share what is read.
    """

    @property
    def config(self) -> Sequence[SiteFile]:
        """The files that configure the site or hold data for all pages of a folder."""
        return ()

    @property
    def frames(self) -> Sequence[SiteFile]:
        """The layouts, includes and components that pages are made with."""
        return ()

    @property
    def presentation(self) -> Sequence[SiteFile]:
        """The home page and the page about those whose site it is."""
        return ()

    @property
    def beside(self) -> Sequence[SiteFile]:
        """The pages in the folder of the article, in order of their names: how each begins. Of many, some of them.

        Where each page is the index of a folder of its own, those of the folders beside it.
        """
        return ()


NO_SITE = Site()
