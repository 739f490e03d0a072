"""A small byte-level vocabulary, trained on administrative Spanish written for it; ``ingest.tokens`` reads it."""
