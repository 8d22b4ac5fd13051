"""The register's own figures: what it holds, how fresh that is, what came of enquiries."""
