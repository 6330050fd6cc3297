"""Paper as it lies somewhere, and what a scanner, an app or a phone makes of it."""
