"""A list as a file to take away: CSV, XLSX or GeoJSON, every row of it, written while it is sent."""
