"""Cutting: reels, speech and type become a film with chapters, captions and two sound tracks."""
