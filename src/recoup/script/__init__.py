"""What is said, and when: lines, cues and captions as values. Nothing here makes a sound."""
