"""The frozen values that leave the room, topic by topic."""
