"""From one audit to what people read: every number comes from `summary`, every format has its own writer."""
