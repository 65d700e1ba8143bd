"""What a newcomer finds: a signed contract of each municipality, and a helpdesk at work."""
