"""What holds at a moment."""
