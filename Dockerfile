# Checks the repository that is mounted at /repo: docs/ci/docker.md tells how to build and use it.
ARG BASE=python:3.13-slim-bookworm

FROM ${BASE} AS build
# Where pip asks; as an argument of this stage it leaves no trace in the image.
ARG PIP_INDEX_URL
WORKDIR /source
COPY . .
# An environment without pip: what is not there needs no updates.
RUN python -m venv --without-pip /opt/pipelint \
    && pip --python /opt/pipelint/bin/python install --no-cache-dir './[schemas]'

FROM ${BASE}
LABEL org.opencontainers.image.title="pipelint" \
      org.opencontainers.image.description="Finds mistakes in Harness and Vela pipelines before they run" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /opt/pipelint /opt/pipelint
ENV PATH=/opt/pipelint/bin:$PATH
# Nobody: a number, so that Kubernetes can see that it is not root.
USER 65532:65532
WORKDIR /repo
ENTRYPOINT ["pipelint"]
