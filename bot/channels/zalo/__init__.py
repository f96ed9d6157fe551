"""The Zalo Bot Platform, over requests of our own: webhook or polling in, plain text with numbered choices out.

channel.py    the Channel: what the rest of the program sees
api.py        the methods of the Bot API that are used
polling.py    getUpdates, one update at a time, for development
webhook.py    the route Zalo posts to: stored, then 200
incoming.py   an update → Incoming
rendering.py  a Reply → texts within the limits, choices numbered, files as links
sending.py    a Reply → requests
failures.py   every refusal of the platform → what it means for one message
"""
