"""The rules about security that hold for every dialect: families, and what they are about."""

from __future__ import annotations

FAMILIES: dict[str, tuple[str, ...] | None] = {
    "exposure": ("Write", "echo", "outputVariables", "printf"),
    "images": None,
    "injection": (
        "@anthropic-ai/claude-code", "@google/gemini-cli", "@openai/codex",
        "VELA_PULL_REQUEST_SOURCE", "aider", "amp", "auggie", "claude", "cline", "codebase.",
        "codex", "copilot", "crush", "cursor-agent", "droid", "eventPayload.", "gemini", "goose",
        "opencode", "openhands", "push", "qwen", "trigger.", "~BUILD_AUTHOR", "~BUILD_MESSAGE",
        "~BUILD_TITLE",
    ),
    "literals": (),
    "models": ("full_load", "load", "loads", "shelve", "trust", "trust_remote_code", "unsafe_load"),
    "transport": (
        "IEX", "Invoke", "aria2c", "certificate", "curl", "http ", "iex", "invoke", "trusted",
        "wget", "~Callback", "~SSL", "~Skip", "~TLS", "~Tls", "~VERIF", "~erif", "~nsecure",
        "~ssl", "~tls",
    ),
}  # fmt: skip
"""Each family of rules, and the words that its rules are about: see `pipelint.registry.Words`."""
