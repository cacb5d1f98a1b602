#!/usr/bin/env bash
# Install a real VS Code, as code-server, from npm alone: nothing is compiled, no install script runs.
set -euo pipefail
version=4.99.4 # the last one for Node 20; its VS Code is 1.99.3
target=$1

[ -e "$target/$version" ] && exit 0
mkdir -p "$target" && cd "$target"
[ -e package.json ] || echo '{ "private": true }' >package.json
npm install --silent --ignore-scripts --no-save "code-server@$version"
code=$target/node_modules/code-server/lib/vscode
for folder in "$code" "$code/extensions"; do
  (cd "$folder" && npm install --silent --omit=dev --ignore-scripts)
done
ln -sfn node_modules "$code/node_modules.asar" # what its install script would do
touch "$version"
