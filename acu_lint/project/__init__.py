"""A project: its configuration, rules, files and corpus, and the run over them."""
