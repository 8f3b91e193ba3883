"""The worksheet functions PG_… and what they compute."""
