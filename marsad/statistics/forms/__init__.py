"""Forms of the room, topic by topic."""
