"""Migrations of the document tables, and the environment that every package's migrations run in (knowledge.db)."""
