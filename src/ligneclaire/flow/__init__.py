"""The engine for plans of dated steps: rows, timers, and a log of what became of them."""
