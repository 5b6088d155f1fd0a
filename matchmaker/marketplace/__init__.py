"""What participants offer and need."""
