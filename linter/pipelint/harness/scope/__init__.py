"""What is in reach at a place of a Harness document, and where each path from there leads."""
