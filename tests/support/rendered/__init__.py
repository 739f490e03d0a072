"""The five real documents as files of other kinds, as a person would set them.

``text ──parse──▶ Paper ──arrange(manner)──▶ elements ──paint──▶ .docx .pptx .xlsx .csv .html .pdf``

Nothing here knows the readers: what is drawn comes from the text of the documents alone.
"""
