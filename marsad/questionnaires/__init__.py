"""Questionnaires: what is asked. Forms by XLSForm, checked, published, filled on web and phone."""
