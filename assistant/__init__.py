"""Question to cited answer, and the front ends that expose it."""
