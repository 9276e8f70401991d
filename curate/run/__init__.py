"""Documents into the store: workers, memory, interrupts, and what is shown of the progress."""
