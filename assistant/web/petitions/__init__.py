"""*Peticiones*: the list with its terms, a new one, the draft, its edition, its review and the letter.

The pages call ``assistant.petitions.service`` for everything and show what it says.
"""
