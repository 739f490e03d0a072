"""Query to evidence: what is found, what of it may answer, and what is chosen."""
