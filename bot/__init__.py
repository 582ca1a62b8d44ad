"""Một Cửa: the application."""
