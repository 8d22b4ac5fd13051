"""How a solution has spread: its family tree, when and where it was taken over, what came of it there."""
