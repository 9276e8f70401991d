"""Commands of `litcurate` that `curate.cli` adds to the group, a file for each subject."""
