"""Optical reading and its slips: what it takes for what, and which words of a text it misread.

`confusions` says how letters are confused, `context` how likely a word is between its neighbours,
`judge` weighs both; `numbers` and `stops` doubt digits and stops; `signs` tells from a text whether
it was read optically. The stage is `marsad.arabic.stages.ocr`.
"""
