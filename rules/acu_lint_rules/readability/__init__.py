"""Readability rules: how hard an article is to read, and what makes it so."""
