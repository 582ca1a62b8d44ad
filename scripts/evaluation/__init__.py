"""What scripts/evaluate.py is made of: measuring finding, and measuring whole replies through the front door."""
