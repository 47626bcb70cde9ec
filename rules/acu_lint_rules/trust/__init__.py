"""Trust rules: who wrote a page, and when it was looked at."""
