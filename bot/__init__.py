"""People, conversations and time: everything a user meets."""
