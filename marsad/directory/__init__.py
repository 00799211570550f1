"""Directory: who is who. States, bodies, people, and the roles people hold in bodies."""
