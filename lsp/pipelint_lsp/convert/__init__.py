"""Between our offsets and values and those of the protocol: the only place that knows encodings."""
