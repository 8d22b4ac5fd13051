"""Where: Denmark's places, and what belongs to what, and when."""
