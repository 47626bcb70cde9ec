"""``python -m acu_lint``."""

from acu_lint.start import main

main()
