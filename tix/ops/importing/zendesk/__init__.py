"""Tickets from the folder of tables that Zendesk exports."""
