"""The machine, asked safely: git, files, processes, and errors that are told."""
