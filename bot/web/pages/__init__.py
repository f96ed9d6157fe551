"""One module a page or two: `routes(site)` returns what it serves."""
