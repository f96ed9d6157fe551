"""Where Zalo posts updates to."""

from __future__ import annotations

from bot.channels.webhooks import Hook

PATH = "/webhooks/zalo"
HOOK = Hook(PATH, "X-Bot-Api-Secret-Token", b"zalo webhook")
