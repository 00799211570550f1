"""Writers of the room: what is taken away as a file. Each is called by its own module."""
