"""What counts as a template value."""

from __future__ import annotations

import pytest

from acu_lint_rules.analysis.text.templates import has_template


@pytest.mark.parametrize(
    "text",
    [
        "{{ title }}", "Sleep | {{site.name}}", "{% title %}", "<%= title %>", "<?php the_title(); ?>", "<?= $t ?>",
        "${title}", "{title}", "{post.data.title}", "{t('title')}", "the \ufffc command",
    ],
)  # fmt: skip
def test_a_template_value(text: str) -> None:
    assert has_template(text)


@pytest.mark.parametrize(
    "text", ["Sleep", "", "Sets {1, 2}", "less < more", "{ }", "Doses <3 mg", "a {long remark in braces}", "$5 {sic"]
)
def test_no_template_value(text: str) -> None:
    assert not has_template(text)
