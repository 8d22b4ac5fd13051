"""Views of the register for machines."""
