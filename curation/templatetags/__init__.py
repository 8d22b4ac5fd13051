"""What templates can ask of the register."""
