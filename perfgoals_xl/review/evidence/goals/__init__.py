"""What the goal of a project says: figures, tasks, and the indicators of the same things."""
