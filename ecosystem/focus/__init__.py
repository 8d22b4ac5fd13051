"""The focus finder: for a place, every theme by strength of need and of research within reach."""
