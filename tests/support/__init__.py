"""Stand-ins and small values that several tests use."""
