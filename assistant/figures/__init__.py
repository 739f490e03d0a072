"""Figures of years, of money and of prose computed with, always with their terms."""
