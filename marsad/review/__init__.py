"""What States report: rounds, replies, findings, the report."""
