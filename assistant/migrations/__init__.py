"""The history of the assistant's tables."""
