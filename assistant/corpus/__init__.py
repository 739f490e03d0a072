"""The committed rows and passages as the assistant reads them: their words, names and acronyms."""
