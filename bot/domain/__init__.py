"""What the program is about, as pure values and rules: no database, no channel, no clock."""
