"""An event as a folder of files: read with every error named, written, and its agendas."""
