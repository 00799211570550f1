"""Workbooks that go out and come back, and answers to take away."""
