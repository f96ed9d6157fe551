"""The report a clerk fills in by chat: one prompt after another, from "/baocao" to the receipt. Pure.

    entering    which round, a start from last period's answers, what a unit has handed in
    asking      what to say next: a prompt, a batch of prompts, "có thêm không?"
    understanding  what a typed line means at a prompt
    answering   what was typed or sent, as answers; two clerks at one prompt
    moving      "quay lại", "sửa câu 3", "để sau", "hủy"
    attaching   files
    reviewing   the card before submitting, and submitting
    sheet       the report in hand, read anew for each message; how a step about it ends

The position is never remembered: it follows from the answers in the submission, so a report goes on after days, after
a restart, on another channel. `entry` is what the router knows.
"""
