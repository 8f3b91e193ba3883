"""What can be done with declarations: one function each, for commands, ribbon and page alike."""
