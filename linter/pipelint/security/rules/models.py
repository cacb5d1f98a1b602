"""Models and other data that become code when they are loaded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import OFF, WARNING, Finding
from pipelint.rule import rule
from pipelint.security.script import Subject

_REMOTE_CODE = re.compile(
    r"\btrust_remote_code\s{0,5}=\s{0,5}True\b|--trust[-_]remote[-_]code\b(?!=false)"
)
_LOADERS = re.compile(
    r"""\b(?:(?:c?pickle|cloudpickle|dill|joblib|marshal|shelve)\.(?:loads?|open)\(
        |torch\.load\((?![^\n]{0,400}weights_only\s{0,5}=\s{0,5}True)
        |yaml\.(?:unsafe_load|full_load)\(
        |yaml\.load\([^\n]{0,400}Loader\s{0,5}=\s{0,5}yaml\.(?:Unsafe|Full)?Loader
        |(?:np|numpy)\.load\([^\n]{0,400}allow_pickle\s{0,5}=\s{0,5}True)""",
    re.VERBOSE,
)
_FETCHES = re.compile(
    r"\b(?:curl|wget|aws s3 cp|gsutil cp|az storage blob download|huggingface-cli download"
    r"|hf download|requests\.get|urlopen|urlretrieve|hf_hub_download|snapshot_download)\b"
)
_PRETRAINED = re.compile(
    r"\bfrom_pretrained\(\s{0,20}[\"'][\w.-]{1,100}/[\w.-]{1,100}[\"']"
    r"(?![^)\n]{0,400}revision)"
)


@rule(on=Subject, level=WARNING, family="security", about=("trust_remote_code", "trust"))
def remote_model_code(subject: Subject, _context: object) -> Iterator[Finding]:
    """Reports a model that is loaded together with the code that lies beside it.

    ## Why is this bad?
    The code comes from whoever may write to the model's repository, today or tomorrow, and runs
    with the rights and the secrets of the step.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: evaluate
        image: python:3.13
        commands:
          - vllm serve acme/model --trust-remote-code
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: evaluate
        image: python:3.13
        commands:
          - vllm serve acme/model
    ```
    """
    for script in subject.with_words("trust_remote_code", "trust-remote-code"):
        for found in _REMOTE_CODE.finditer(script.shell_text):
            if not script.in_comment(found.start()):
                yield Finding(
                    script.place(*found.span()),
                    "a model is loaded together with its code",
                    "runs code of others",
                    help="load a model that needs none, or one whose code you keep yourself",
                )


@rule(
    on=Subject,
    level=WARNING,
    family="security",
    about=("load", "loads", "full_load", "unsafe_load", "shelve"),
)
def unsafe_deserialization(subject: Subject, _context: object) -> Iterator[Finding]:
    """Reports a download that is read by a format which can hold code.

    ## Why is this bad?
    Pickles, and what is built on them, run code while they are read. Whoever can change the file
    runs what he likes in the step. Only scripts are reported that fetch the file themselves.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: evaluate
        image: python:3.13
        commands:
          - |
            curl -sSfLo model.pt https://models.example.com/model.pt
            python -c "import torch; torch.load('model.pt')"
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: evaluate
        image: python:3.13
        commands:
          - |
            curl -sSfLo model.pt https://models.example.com/model.pt
            python -c "import torch; torch.load('model.pt', weights_only=True)"
    ```
    """
    for script in subject.with_words("load", "shelve"):
        if not _FETCHES.search(script.shell_text):
            continue
        for found in _LOADERS.finditer(script.shell_text):
            if not script.in_comment(found.start()):
                word = found[0].partition("(")[0]
                yield Finding(
                    script.place(found.start(), found.start() + len(word)),
                    f"`{word}` reads what this script has downloaded",
                    "runs code in the file",
                    help="use a format without code (safetensors, JSON), or `weights_only=True`",
                )


@rule(on=Subject, level=OFF, family="security", about=("from_pretrained",))
def unpinned_model(subject: Subject, _context: object) -> Iterator[Finding]:
    """Reports a model that is fetched without its revision.

    ## Why is this bad?
    The repository of the model may change between two runs, and so does what you get.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: evaluate
        image: python:3.13
        commands:
          - python -c "from x import M; M.from_pretrained('acme/model')"
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: evaluate
        image: python:3.13
        commands:
          - python -c "from x import M; M.from_pretrained('acme/model', revision='5f2a1c0')"
    ```
    """
    for script in subject.with_words("from_pretrained"):
        for found in _PRETRAINED.finditer(script.text):
            if not script.in_comment(found.start()):
                yield Finding(
                    script.place(*found.span()),
                    "a model is fetched without its revision",
                    "may change at any time",
                    help="add `revision=` with the hash of a commit",
                )


RULES = (remote_model_code, unpinned_model, unsafe_deserialization)
