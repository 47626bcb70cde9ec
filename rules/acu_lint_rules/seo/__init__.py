"""Search rules: what a page shows to search engines."""
