"""What a rule is: its card, its kind, its options, where it is found, and what it reports."""
