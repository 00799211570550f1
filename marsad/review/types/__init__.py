"""The names other rooms may use, topic by topic: frozen values that leave the room."""
