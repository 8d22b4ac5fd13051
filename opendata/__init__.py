"""The register for machines: API, exports, feeds, dumps, embeds, webhooks. Imported by nobody."""
