"""The shapes of duties."""
