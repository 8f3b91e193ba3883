"""What the form is: its fields, its taxonomy, its target values, its amounts."""
