"""Twilio's Programmable Voice: webhooks with TwiML, ConversationRelay over WebSocket, its REST API."""
