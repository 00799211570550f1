"""Figures to take away: named tables and national reports, as files."""
