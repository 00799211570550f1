"""The embedded PostgreSQL: nothing to install, the same dialect everywhere."""
