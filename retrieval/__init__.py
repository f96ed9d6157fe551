"""Question to answer; knows nothing of people or channels."""
