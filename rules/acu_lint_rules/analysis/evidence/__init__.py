"""What sentences lean on: studies, bodies, figures, named or vague."""
