"""Petitions of citizens (*derechos de petición*): from what somebody sent to a letter that somebody else approved.

``text or file ──read──▶ Petition ──answer──▶ Ask… ──compose──▶ Content ──workflow──▶ letter``

Front ends call ``service.PetitionService`` and nothing else here.
"""
