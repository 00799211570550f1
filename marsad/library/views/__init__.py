"""Pages: parse, make one call to an action or a query, answer."""
