"""MDX to blocks: JSX is blanked out, the rest is Markdown."""

from __future__ import annotations

from ..document import Parsed
from ..source import Source
from . import frontmatter, markdown, mask


def parse(source: Source) -> Parsed:
    """Parse an MDX file."""
    front = frontmatter.read(source)
    return markdown.convert(mask.prepare(source, front.end), front)
