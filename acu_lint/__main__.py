"""``python -m acu_lint``."""

from acu_lint.cli import main

main()
