"""`python -m tests.torture`: serving processes killed at random points while people chat; nothing may be lost.

The processes are what `tdkt serve` runs: the real Telegram channel over real HTTP, inbox, dialogues, reports, outbox;
only the documents are two scripted ones. Set by the environment: KILLS (200), PROCESSES (1), DATABASE (sqlite or
postgresql), SEED (any; the script of people and kills follows from it, its timing from the machine). Progress goes to
stderr; the last line on stdout is `{"kills","messages","unanswered","steps_twice","fields_lost","double_reminders"}`.
"""
