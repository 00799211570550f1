"""How it looks: base pages, components, tokens, fonts, numbers and dates, right to left."""
