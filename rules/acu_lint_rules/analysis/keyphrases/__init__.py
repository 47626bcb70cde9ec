"""Keyphrases: what an article declares, repeats and pastes."""
