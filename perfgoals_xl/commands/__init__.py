"""The commands: what each reads from its call, and what it tells."""
