"""Files to take away, as every room makes them: Word, PDF, sheets of Excel, CSV.

| file | what it holds |
| --- | --- |
| `made.py` | `Exported`, which every writer hands back; safe file names; steady archives |
| `formats.py` | what an export can be, with its media type |
| `palette.py` | the colours of the house, from its style sheet |
| `direction.py` | which stretches of a line run against it |
| `fonts.py` | the faces a PDF is set in, and what is said where one is missing |
| `word.py` | `Paper`: a Word file in either direction, with styles, tables and real footnotes |
| `pdf.py` | `typeset`: content as data through one of a room's Typst templates |
| `templates/house.typ` | page, faces and direction that every PDF shares: see `pdf.py` |
| `tables.py` | CSV and sheets of Excel in which nothing can run |
| `sheets.py` | one table as Excel, CSV or JSON, with what it must say of itself |
"""
