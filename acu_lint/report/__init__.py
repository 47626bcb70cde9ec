"""What a run looks like on standard output: text for people, JSON for programs."""
