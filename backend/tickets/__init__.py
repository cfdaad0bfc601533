"""The complaint case (ticket): intake, stages, timeline, search."""
