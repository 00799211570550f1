"""What people do with figures: one module for each topic."""
