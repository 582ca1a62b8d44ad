"""The officers' console: every row of its table has a rule of who may open it."""
