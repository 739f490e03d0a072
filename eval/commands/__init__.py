"""The commands under ``cabildo eval``; nothing heavy is imported at the top of any of them."""
