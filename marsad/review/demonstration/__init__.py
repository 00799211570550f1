"""A round among invented States, for demonstrations: see README.md in this folder."""
