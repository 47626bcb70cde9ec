"""The dialects of Markdown: which generator makes pages of an article, and so which marks it knows."""

from __future__ import annotations

from enum import StrEnum


class Flavour(StrEnum):
    """The generator whose Markdown an article is written in."""

    ANY = "any"  # not known: the marks of all generators are read
    COMMONMARK = "commonmark"  # with GitHub's extensions
    MKDOCS = "mkdocs"  # Python-Markdown and PyMdown, as in MkDocs, Zensical and Pelican
    DOCUSAURUS = "docusaurus"
    HUGO = "hugo"
    JEKYLL = "jekyll"
    KRAMDOWN = "kramdown"
    OBSIDIAN = "obsidian"
    PANDOC = "pandoc"
