"""Words of pages -> blocks in reading order: lines, columns, furniture, kinds, sections, references."""
