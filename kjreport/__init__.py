"""kjreport."""
