"""acu-lint: a linter for health-marketing articles."""

__version__ = "0.1.0"
CORE = "acu_lint_rules"  # the first-party pack: found by name, never imported
