"""Citations: what a reader can follow to a source, and what leads nowhere."""
