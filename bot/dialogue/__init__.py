"""The dialogue core: (Session, Message) → (Session, Reply, Intents). Pure but for the retriever."""
