"""The Harness dialect, v0 YAML: pipelines, templates, input sets, triggers and entities."""
