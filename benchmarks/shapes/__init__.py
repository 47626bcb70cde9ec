"""Texts that were made to slow acu-lint down, by name."""

from __future__ import annotations

from shapes.markup import html, markdown, mdx
from shapes.shape import Shape
from shapes.text import front, plain, suppressions, templates
from shapes.words import project, repeats, sources, triggers

AREAS = (markdown, mdx, html, plain, front, suppressions, templates, triggers, sources, project, repeats)
SHAPES: dict[str, Shape] = {name: shape for area in AREAS for name, shape in area()}
