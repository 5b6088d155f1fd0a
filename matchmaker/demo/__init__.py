"""The demonstration: an invented workshop in Kittilä, made from written lists."""
