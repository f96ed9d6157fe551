"""Where Telegram posts updates to; it posts again for a day where the answer is not 200."""

from __future__ import annotations

from bot.channels.webhooks import Hook

PATH = "/webhooks/telegram"
HOOK = Hook(PATH, "X-Telegram-Bot-Api-Secret-Token", b"telegram webhook")
