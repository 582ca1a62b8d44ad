"""What the bot knows: content and the code that reads it."""
