"""Telegram, over python-telegram-bot: polling or webhook in, messages with buttons and files out.

channel.py    the Channel: what the rest of the program sees
polling.py    getUpdates, each batch stored before it is confirmed
webhook.py    the route Telegram posts to: stored, then 200
incoming.py   an update → Incoming
rendering.py  a Reply → parts, buttons
failures.py   every error of the library → what it means for one message
waiting.py    "typing…" while an answer is long in coming
"""
