"""The bytes of documents, on their way in, in their storage, and on their way out."""
