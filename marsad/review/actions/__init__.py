"""What people do in a round: one module for each topic."""
