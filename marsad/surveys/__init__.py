"""What a body asks its own people."""
