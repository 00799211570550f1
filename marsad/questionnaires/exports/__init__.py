"""Forms to take away: XLSForm, JSON, PDF."""
