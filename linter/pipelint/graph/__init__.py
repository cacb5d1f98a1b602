"""The pipeline as a picture: what its nodes are, and one module for each way to draw them."""
