"""What people go through from beginning to end, written once and followed through every channel."""
