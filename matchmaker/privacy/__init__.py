"""What belongs to each person: seeing it, taking it along, having it erased."""
