"""Where people talk to the program; one module or folder a channel."""
