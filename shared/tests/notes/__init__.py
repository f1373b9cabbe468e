"""The smallest owning service there can be: notes, written line by line. What all services share is tested with it."""
