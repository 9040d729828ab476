"""Questions: one file per form, `understand` to read what was asked, `compose` to say what was found."""
