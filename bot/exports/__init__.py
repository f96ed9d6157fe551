"""A round's reports put together: one value in, the bytes of a workbook or of a Word report out. Knows no database."""
