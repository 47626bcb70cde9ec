"""Template values: what a site generator puts in the place of a tag is not known when the article is read."""

from __future__ import annotations

from acu_lint.api import OBJECT, VOID
from acu_lint_rules.analysis.text.patterns import lazy

_VALUE = lazy(
    rf"[{OBJECT}{VOID}]"  # the fillers of parsers
    r"|\{\{|\{%|<%|<\?(?:php\b|=)|\$\{"  # Liquid, Jinja, Hugo, Handlebars; ERB, EJS, PHP; template strings
    r"|\{[A-Za-z_$][\w$]{0,60}(?:[.(][^{}\n]{0,200})?\}"  # Astro, JSX, Svelte
)
_FIRST = ("{", "<", OBJECT, VOID)


def has_template(text: str) -> bool:
    """Whether a part of a text is a template value or code, so that nobody can tell how it reads or how long it is.

    It is for titles, descriptions, headings and the like, as parsers or front matter give them.
    """
    return any(sign in text for sign in _FIRST) and _VALUE.search(text) is not None
