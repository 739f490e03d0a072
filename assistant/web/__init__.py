"""The web pages: HTML rendered on the server, for the same house that the API serves.

Everything works without JavaScript; with it, htmx swaps parts of a page, and answers come sentence by sentence.
"""

from assistant.web.site import add_pages

__all__ = ["add_pages"]
