"""Question to query: which words ask for what, and which say about what."""
