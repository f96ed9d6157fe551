"""XLSForm workbooks read, checked, written and evaluated; knows nothing of conversations or the database."""
