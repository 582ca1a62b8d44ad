"""What a petition is: its states and moves, triage, working time, and what in it must not be shown."""
