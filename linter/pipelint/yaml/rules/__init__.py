"""The rules of YAML that no dialect owns."""
