"""Tables: ruled, half-ruled and unruled words of a page -> logical rows, continued over pages."""
