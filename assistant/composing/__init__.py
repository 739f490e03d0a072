"""What was chosen, listed or computed as sentences of an answer, and the last check over them."""
