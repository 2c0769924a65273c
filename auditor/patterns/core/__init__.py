"""What all parts of a clause share: moments and searching them, three-valued truth, needs, duties and verdicts."""
