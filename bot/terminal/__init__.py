"""The doors for programs (`ask`, JSON lines) and for a person at a terminal (`chat`)."""
