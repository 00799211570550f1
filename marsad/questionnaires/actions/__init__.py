"""What people do to questionnaires."""
