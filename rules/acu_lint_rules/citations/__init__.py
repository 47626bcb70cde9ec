"""Evidence: vague sources, unlinked studies, numbers without a source."""
