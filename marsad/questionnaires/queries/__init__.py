"""What people ask about questionnaires."""
