"""Passages made searchable; knows nothing of questions."""
