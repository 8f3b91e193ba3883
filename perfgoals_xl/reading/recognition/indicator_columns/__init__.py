"""What the columns of an indicator table hold, where one heading alone does not say it."""
