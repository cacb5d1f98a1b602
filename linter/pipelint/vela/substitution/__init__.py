"""What the Vela server makes of `${…}` in a step before the pipeline runs."""
