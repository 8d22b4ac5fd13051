"""The register for machines: stable addresses, feeds, the map of the site. Read-only, imported by nobody."""
