"""The web pages: a chat, a reader of documents. Server-made HTML that works without JavaScript and better with it."""
