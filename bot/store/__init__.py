"""Where things are kept. Only this room knows a database library."""
