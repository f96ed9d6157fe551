"""Documents on their way in and out: received, read, examined, published, withdrawn; done in the background.

The dialogues about it are `bot.dialogues.publishing` and `shelf`, the tables `bot.store.publishing_tables`.
"""
