"""A submission against its form: what was answered, or what is wrong with it."""
