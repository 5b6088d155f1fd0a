"""Events: phases, types and who may meet whom, topics, blocks, slots, meeting points."""
