"""Web chat: a page or another client, over HTTP with a token per conversation, hints over Socket.IO."""
