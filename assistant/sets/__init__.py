"""Sets of rows, exactly: listed, counted, grouped, ranked by how far they are. Never the first few of a search."""
