"""What the records say together; reads only, imported by nobody."""
