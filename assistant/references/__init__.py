"""References for drafts: from a cited place to the forms that official documents use, and back."""
