"""What all parts of a clause share: moments and searches among them, truth of three values, needs, duties and their verdicts."""
