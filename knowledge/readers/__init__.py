"""One reader per kind of file, the same shape each: `extract(data: bytes) -> Extract`."""
