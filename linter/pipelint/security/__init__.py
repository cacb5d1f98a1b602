"""What harms a pipeline's owner: found in texts and scripts, whatever the dialect."""
