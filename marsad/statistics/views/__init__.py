"""Pages of the room, topic by topic."""
