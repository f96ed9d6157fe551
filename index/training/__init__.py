"""The parts of `python -m index.train`: texts, vocabulary, synthetic questions, measuring. Not imported to answer."""
