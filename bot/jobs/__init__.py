"""What runs by the clock: notices, deadlines, retention, reports; once among many processes."""
