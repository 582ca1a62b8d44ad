"""Telegram: the door that most citizens come by."""
