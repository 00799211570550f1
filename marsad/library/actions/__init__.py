"""What people do in the library: atomic, journaled, keyword-only, the time an argument."""
