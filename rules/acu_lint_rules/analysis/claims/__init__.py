"""Health claims: who does what to which complaint, and how it is meant."""
