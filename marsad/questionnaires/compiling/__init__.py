"""XLSForm in, XForm and its tree out; or faults, each with its sheet, row, column and remedy."""
