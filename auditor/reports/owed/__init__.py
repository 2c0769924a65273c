"""What is owed and not done yet: by whom, until when, and how much of its time is used up."""
