"""What comes in from pages, parsed at the edge into model values."""
