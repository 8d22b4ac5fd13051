"""The network of an entry or a place: read, laid out, drawn, told in sentences and taken away."""
