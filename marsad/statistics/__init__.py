"""What the numbers say: editions of figures, verified by their States, and counted."""
