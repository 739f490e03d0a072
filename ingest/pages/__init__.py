"""The page a row stands on, as a picture with the row marked.

``original ──convert──▶ PDF ──find──▶ parts of pages ──draw──▶ PNG`` for office files; a PDF's own rows come with their
places, and a workbook's are drawn from its cells. ``images`` is the way in; what touches the bytes of a document runs
in the sandbox's child (``draw``) or in LibreOffice (``office``).
"""
