"""Library: what was agreed. Documents, their passages, and the recommendations in them."""
