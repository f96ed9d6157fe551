"""What `python -m tests.bench` measures, one module a subject."""
