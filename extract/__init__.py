"""extract: what a document says. PDF -> words, blocks, tables -> mentions -> claims; knows no database."""
