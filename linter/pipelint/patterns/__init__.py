"""Pattern languages of the platforms, parsed to find mistakes, never run."""
