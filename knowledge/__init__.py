"""What the documents say; knows nothing of search, questions or chat."""
