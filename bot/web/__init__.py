"""The web: citizens' pages and widget, the officers' console, the API."""
