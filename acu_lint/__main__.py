"""``python -m acu_lint``."""

from .cli import main

main()
