"""What can be done here, whoever asks: the one place that carries intents out and owns transactions."""
