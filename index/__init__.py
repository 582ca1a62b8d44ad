"""Finding: text becomes ranked hits."""
