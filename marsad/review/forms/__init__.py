"""What people type on the pages: one module for each topic."""
