"""Every sentence that people read. Lower floors return named outcomes and values, no sentences."""
