"""The first-party rule pack of acu-lint; it uses nothing but ``acu_lint.api``."""
