"""The organiser's people: bringing them in and out, finding them, deciding about them."""
