"""The programme: sessions everybody may go to."""
