"""Forms: check what was typed, save nothing."""
