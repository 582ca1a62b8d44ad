"""Counting what happened, and writing it down as an authority does."""
