"""Http steps: what they send, and where to."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Edit, Finding, Fix
from pipelint.harness.context import Context
from pipelint.harness.model import Step
from pipelint.harness.values import text_of
from pipelint.name import nearest
from pipelint.rule import rule
from pipelint.source import Span

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
SCHEMES = ("http:", "https:")


@rule(on=Step, level=ERROR, family="harness", about=("Http",))
def unknown_http_method(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a method of a request that HTTP does not have.

    ## Why is this bad?
    The delegate knows the methods of HTTP only; with another one the step fails.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: FETCH, url: "https://shop.example.com/health"}
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/utilities/http-step
    """
    method = text_of(step.spec.get("method")) if step.spec and step.kind == "Http" else None
    if method is None:
        return
    name = method.value.split(".", 1)[0]  # GET.allowedValues(…): the older form of a choice
    if name.strip().upper() in METHODS:
        return
    span = method.span
    near = nearest(name.upper(), METHODS, 1)
    edits = (Edit(Span(span.start, span.start + len(name)), near[0]),) if near else ()
    yield Finding(
        span,
        f"`{name}` is no method of HTTP",
        "not known",
        help=f"a method with a similar name exists: `{near[0]}`"
        if near
        else f"write one of {', '.join(METHODS)}",
        fixes=(Fix(f"replace it with `{near[0]}`", edits, safe=False),) if edits else (),
    )


@rule(on=Step, level=WARNING, family="harness", about=("Http",))
def url_without_scheme(step: Step, context: Context) -> Iterator[Finding]:
    """Reports an address of an Http step that does not begin with `https://` or `http://`.

    ## Why is this bad?
    The delegate takes the whole address, scheme included. Without one the request fails.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: shop.example.com/health}
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/utilities/http-step
    """
    url = text_of(step.spec.get("url")) if step.spec and step.kind == "Http" else None
    if url is not None and not url.value.strip().lower().startswith(SCHEMES):
        yield Finding(
            url.span,
            f"address `{url.value[:40]}` has no scheme",
            "no `https://`",
            help="begin it with `https://`",
        )


RULES = (unknown_http_method, url_without_scheme)
