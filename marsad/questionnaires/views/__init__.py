"""Pages: they read what was sent, make one call, and answer."""
