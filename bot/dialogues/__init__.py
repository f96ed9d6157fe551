"""Conversations as pure functions: `step(state, incoming, context) -> Step(state, replies, effects)`.

A dialogue decides what should happen; `bot.service` makes it happen, in one transaction.
"""
