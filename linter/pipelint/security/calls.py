"""What commands do that harms: each function gives places of a script, and says nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.record import NamedTuple
from pipelint.security.script import Script
from pipelint.security.shell import Call, Command, Word, assignments, call_of, writes_elsewhere

DOWNLOADERS = frozenset({"curl", "wget", "aria2c", "http", "https"})
SHELLS = frozenset({"sh", "bash", "zsh", "dash", "ash", "ksh", "fish", "pwsh", "powershell"})
INTERPRETERS = frozenset({"python", "python2", "python3", "perl", "ruby", "node", "php"})

_LONGEST_PIPE = 20
_LOCAL = ("://localhost", "://127.0.0.1", "://[::1]", "://host.docker.internal")
_FROM_INPUT = re.compile(r"-[a-zA-Z]*|--|-o|pipefail")
_POWERSHELL = re.compile(
    r"""(?i:\b(?:iex|invoke-expression)\b[^\n]*\b(?:downloadstring|iwr|irm|invoke-webrequest
        |invoke-restmethod)\b | \b(?:iwr|irm|invoke-webrequest|invoke-restmethod)\b[^\n|]*\|[ ]*
        (?:iex|invoke-expression)\b)""",
    re.VERBOSE,
)


class Place(NamedTuple):
    """A range of a script, and the word that stands for what is wrong with it."""

    start: int
    end: int
    word: str


def down(command: Command) -> Iterator[Command]:
    """Give the commands further down the pipe; a longer one than anybody writes is cut."""
    following = command.into
    for _ in range(_LONGEST_PIPE):
        if following is None:
            return
        yield following
        following = following.into


def up(command: Command) -> Iterator[Command]:
    """Give a command and those whose output it reads, the nearest first."""
    here: Command | None = command
    for _ in range(_LONGEST_PIPE):
        if here is None:
            return
        yield here
        here = here.source


def is_local(call: Call) -> bool:
    """Tell whether a call talks to the machine that it runs on."""
    return any(sign in word.text for word in call.args for sign in _LOCAL)


# --- a download that is run ----------------------------------------------------------------------


def piped_downloads(script: Script) -> Iterator[Place]:
    """Give the shells that run what a command downloads: from the download to the shell."""
    if not script.is_posix:
        yield from _in_powershell(script)
        return
    for command in script.commands:
        call = call_of(command)
        if call.program not in DOWNLOADERS or is_local(call):
            continue
        runner = _runner_behind(command) or _runner_around(command)
        if runner is not None:
            name = call_of(runner).program
            yield Place(min(command.start, runner.start), max(command.end, runner.end), name)


def _in_powershell(script: Script) -> Iterator[Place]:
    for line in re.finditer(r"[^\n]+", script.shell_text):
        # a hand of words tells most lines apart before the pattern looks at one
        low = line[0].lower()
        if "iex" not in low and "invoke-expression" not in low:
            continue
        found = _POWERSHELL.search(line[0][:2000])
        if found and not line[0].lstrip().startswith("#"):
            yield Place(line.start() + found.start(), line.start() + found.end(), "PowerShell")


def _runner_behind(command: Command) -> Command | None:
    """Return the shell further down the pipe that reads its program from there."""
    for follower in down(command):
        call = call_of(follower)
        if call.program in SHELLS and _reads_program(call):
            return follower
        if call.program in INTERPRETERS and all(word.text == "-" for word in call.args):
            return follower
        if call.program in SHELLS or call.program in INTERPRETERS:
            return None
    return None


def _reads_program(call: Call) -> bool:
    """Tell whether a shell takes its program from its input: no file, no `-c`."""
    for word in call.args:
        text = word.text
        if text == "-s" or (text.startswith("-") and text[1:2] != "-" and "s" in text):
            return True
        if text == "-c" or not _FROM_INPUT.fullmatch(text):
            return text == "/dev/stdin"
        if "c" in text and not text.startswith("--"):
            return False
    return True


def _runner_around(command: Command) -> Command | None:
    """Return the `sh -c "$(…)"`, `eval "$(…)"` or `source <(…)` that a command is part of."""
    around = command.within
    if around is None:
        return None
    call = call_of(around)
    if call.program == "eval":
        return around
    first = next((word for word in call.args if word.start <= command.start < word.end), None)
    if first is None:
        return None
    if call.program in {"source", "."} or (
        call.program in SHELLS and first.text.startswith("<(") and first is call.args[0]
    ):
        return around if first.text.startswith("<(") else None
    at = call.args.index(first)
    is_program = at > 0 and call.args[at - 1].text.startswith("-") and "c" in call.args[at - 1].text
    return around if call.program in SHELLS and is_program else None


# --- transport -----------------------------------------------------------------------------------

_ANYWHERE = frozenset({
    "--insecure-skip-tls-verify", "--insecure-skip-tls-verify=true", "--no-check-certificate",
    "--skip-tls-verify", "--skip-tls-verify=true", "--skip-tls-verify-pull", "--tls-skip-verify",
    "-tls-skip-verify", "--tls-verify=false", "--src-tls-verify=false", "--dest-tls-verify=false",
    "--dest-tlsverify=false", "--no-verify-ssl", "--skip-ssl-validation", "--strict-ssl=false",
    "--no-strict-ssl", "--insecure-skip-verify", "--disable-ssl-verification", "--no-ssl-verify",
    "-Dmaven.wagon.http.ssl.insecure=true", "--skip-ssl-verify", "--no-verify-certificate",
})  # fmt: skip
"""Options that mean the same wherever they stand."""

_OF_PROGRAM = {
    "curl": frozenset({"-k", "--insecure", "--proxy-insecure"}),
    "argocd": frozenset({"--insecure"}),
    "crane": frozenset({"--insecure"}),
    "cosign": frozenset({"--allow-insecure-registry"}),
    "oras": frozenset({"--insecure"}),
    "http": frozenset({"--verify=no", "--verify=false"}),
    "https": frozenset({"--verify=no", "--verify=false"}),
    "pip": frozenset({"--trusted-host"}),
    "pip3": frozenset({"--trusted-host"}),
}
_WITH_VALUE = frozenset("AbcCdDeEFhHKmoPQrtTuUwxXyYz")
"""One-letter options of curl that take a value: what is behind them in a word is none."""

_SETTING = re.compile(
    r"(?i:http\.(?:\S+\.)?sslverify[= ]\"?(?:false|0)\b"
    r"|\bstrict-ssl[= ]\"?false\b|\bssl_verify[= ]\"?(?:false|no)\b"
    r"|\bdisable_ssl_validation[= ]\"?true\b|verify-peer=false|global\.trusted-host[ =])"
)
_POWERSHELL_FLAG = re.compile(
    r"(?i:-SkipCertificateCheck\b|ServerCertificateValidationCallback\s{0,9}=\s{0,9}\{\s{0,9}\$true)"
)
_FALSE = frozenset({"0", "false", "no", "off"})
_TRUE = frozenset({"1", "true", "yes", "on"})

VARIABLES = {
    "NODE_TLS_REJECT_UNAUTHORIZED": frozenset({"0"}),
    "GIT_SSL_NO_VERIFY": _TRUE,
    "PYTHONHTTPSVERIFY": frozenset({"0"}),
    "NPM_CONFIG_STRICT_SSL": _FALSE,
    "YARN_STRICT_SSL": _FALSE,
    "YARN_ENABLE_STRICT_SSL": _FALSE,
    "ARGOCD_INSECURE": _TRUE,
    "VAULT_SKIP_VERIFY": _TRUE,
    "AZURE_CLI_DISABLE_CONNECTION_VERIFICATION": _TRUE,
    "CLOUDSDK_AUTH_DISABLE_SSL_VALIDATION": _TRUE,
    "AZURE_DEVOPS_EXT_DISABLE_SSL_VERIFICATION": _TRUE,
    "PLUGIN_SKIP_VERIFY": _TRUE,
    "PLUGIN_INSECURE": _TRUE,
    "PLUGIN_SKIP_TLS_VERIFY": _TRUE,
    "SSL_VERIFY": _FALSE,
    "TLS_VERIFY": _FALSE,
    "DOCKER_TLS_VERIFY": frozenset[str](),
}
"""Variables that switch the check of certificates off, each with the values that do."""


def unverified_transport(script: Script) -> Iterator[Place]:
    """Give the options and variables that switch off the check of certificates."""
    if not script.is_posix:
        for found in _POWERSHELL_FLAG.finditer(script.shell_text):
            yield Place(found.start(), found.end(), found[0].split(" ")[0].split("=")[0])
        return
    for command in script.commands:
        for name, value, _ in assignments(command):
            if value.text.lower() in VARIABLES.get(name, ()):
                yield Place(value.start - len(name) - 1, value.end, f"{name}={value.text}")
        call = call_of(command)
        if call.program not in {"echo", "printf"} and call.args:
            yield from _options(call)


def _options(call: Call) -> Iterator[Place]:
    own = _OF_PROGRAM.get(call.program, frozenset())
    if is_local(call):
        return
    for word in call.args:
        text = word.text
        is_host = "--trusted-host" in own and text.startswith("--trusted-host=")
        if text in _ANYWHERE or text in own or is_host or (call.program == "curl" and _has_k(text)):
            yield Place(word.start, word.end, text)
    if call.program in {
        "git",
        "npm",
        "yarn",
        "pnpm",
        "pip",
        "pip3",
        "conda",
        "gcloud",
        "apt-get",
        "apt",
    }:
        yield from _settings(call)


def _has_k(text: str) -> bool:
    """Tell whether a cluster of one-letter options of curl holds `-k`."""
    if text[:1] != "-" or text[1:2] == "-":
        return False
    for letter in text[1:]:
        if letter == "k":
            return True
        if letter in _WITH_VALUE or not letter.isalnum():
            return False
    return False


def _settings(call: Call) -> Iterator[Place]:
    before: Word | None = None
    for word in call.args:
        joined = f"{before.text} {word.text}" if before else ""
        if len(joined + word.text) < 400:  # noqa: PLR2004 - no setting is longer
            if _SETTING.search(word.text):
                yield Place(word.start, word.end, word.text)
                return
            if before and _SETTING.search(joined):
                yield Place(before.start, word.end, joined)
                return
        before = word


# --- printing ------------------------------------------------------------------------------------

_PRINTERS = frozenset({"echo", "printf", "Write-Host", "Write-Output"})
_TRANSFORMERS = frozenset({
    "base64", "rev", "xxd", "od", "hexdump", "tr", "cut", "sed", "fold", "head", "tail", "tee",
    "cat", "base32", "awk", "grep",
})  # fmt: skip


def is_printer(command: Command) -> bool:
    """Tell whether a command puts out its words."""
    return call_of(command).program in _PRINTERS


def prints(command: Command, call: Call) -> str:
    """Say how a command shows its words in the log: `prints`, `transforms`, or not at all."""
    if call.program not in _PRINTERS or command.captured or writes_elsewhere(command):
        return ""
    how = "prints"
    for last in down(command):
        name = call_of(last).program
        if name not in _TRANSFORMERS or last.captured or writes_elsewhere(last):
            return ""
        how = "transforms" if name not in {"tee", "cat"} else how
    return how


# --- running text --------------------------------------------------------------------------------


def evaluated_words(command: Command) -> list[Word]:
    """Return the words of a command that a shell reads as a program: `eval …`, `sh -c …`."""
    call = call_of(command)
    if call.program == "eval":
        return call.args
    if call.program in SHELLS:
        for at, word in enumerate(call.args[:-1]):
            if re.fullmatch(r"-[a-z]*c", word.text):
                return [call.args[at + 1]]
    return []


AGENTS = frozenset({
    "claude", "codex", "gemini", "aider", "cursor-agent", "opencode", "goose", "amp", "copilot",
    "openhands", "cline", "qwen", "crush", "droid", "auggie", "@anthropic-ai/claude-code",
    "@openai/codex", "@google/gemini-cli",
})  # fmt: skip
"""Command lines of agents that act on what they are told."""


def is_agent(call: Call) -> bool:
    """Tell whether a call gives work to an agent."""
    if call.program not in AGENTS:
        bare = call.program.rpartition("@")[0] if call.program.count("@") > 1 else ""
        return bare in AGENTS
    first = call.args[0].text if call.args else ""
    return first not in {"--version", "-v", "--help", "login", "logout", "mcp", "config", "update"}
