"""What is a credential, and what only looks like one."""

from __future__ import annotations

import pytest

from pipelint.security.names import is_secret_name
from pipelint.security.placeholders import is_no_literal


@pytest.mark.parametrize(
    "name",
    ["PASSWORD", "DB_PASSWORD", "dbPassword", "API_KEY", "apiKey", "github-token", "TOKEN2",
     "AWS_SECRET_ACCESS_KEY", "clientSecret", "x-api-key"],
)  # fmt: skip
def test_names_of_credentials(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    ["passwordRef", "TOKEN_URL", "SECRET_NAME", "KEY", "cacheKey", "tokenPath", "NO_TOKEN",
     "USE_SECRET", "monkey", "TOKENIZER", "PUBLIC_KEY", "PASSWORD_FILE"],
)  # fmt: skip
def test_names_of_other_things(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize("value", ["hunter2hunter2", "qW3rtz-81nkx", "9f86d081884c7d659a2feaa0"])
def test_literals(value: str) -> None:
    assert not is_no_literal(value, "PASSWORD")


@pytest.mark.parametrize(
    "value",
    ["", "postgres", "changeme123", "<+secrets.getValue('a')>", "${PASSWORD}", "$PASSWORD",
     "{{ .Values.password }}", "account.db_password", "org.token1", "github_token", "MY_TOKEN",
     "/run/secrets/token1", "token.txt", "https://example.com/1a2B", "example-Pa55word",
     "test1234!", "<your token 1>", "xxxxXXXX1234", "arn:aws:secretsmanager:eu-1:1:secret:a",
     "p0stgr3s", "aaaaaaaa11111111", "GitHubToken1", "vault://kv/data/a#1",
     "path/to/token", "kv/data/app1"],
)  # fmt: skip
def test_what_stands_for_one(value: str) -> None:
    assert is_no_literal(value, "PASSWORD")
