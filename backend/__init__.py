"""The backend of Yingsheng: owns every channel, conversation and ticket."""
