"""Journal: who did what, to what, when. Lines hold a verb and a reference, never content."""
