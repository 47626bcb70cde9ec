"""Health claims."""
