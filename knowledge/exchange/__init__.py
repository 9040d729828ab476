"""Facts in and out of files, one format a module. Mistakes come back as `Problem`s with file, line and key."""
