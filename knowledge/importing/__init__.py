"""Official files become records, and the difference to what a folder already holds."""
