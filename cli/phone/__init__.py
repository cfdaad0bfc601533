"""A telephone to try the hotline with: the caller's side of the vendor's protocol."""
