"""*Explorar*: all rows, narrowed by facets and words, sorted, drawn and exported.

``snapshot ──▶ table of entries ──selection──▶ entries shown ──▶ page, charts, spreadsheet``
"""
