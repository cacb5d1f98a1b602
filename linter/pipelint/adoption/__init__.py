"""What a repository needs to be checked: configuration, hook, CI. Texts only; the CLI writes."""
