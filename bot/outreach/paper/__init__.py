"""Posters, leaflets and lists as PDF, for a wall, a counter, a hamlet's notice board."""
