"""What a form of the whole department says besides its goals: its budget and its tasks."""
