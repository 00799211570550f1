"""Made-up figures of the invented States, for `marsad up --demo`: none of a State that exists."""
