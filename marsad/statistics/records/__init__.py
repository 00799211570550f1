"""Records of trafficking, one for each victim, perpetrator, event and reporting entity.

Pure modules: no Django, no database. `codebook` says what a record can hold, `reading` takes a file
and gives records without anything that tells who they speak of, `counting` makes the figures of a
release from them, `xlsform` writes the lists as a form.
"""
