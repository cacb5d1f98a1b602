import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const MISSING = existsSync('bundled/libs')
  ? false
  : 'the bundle is not made: npm run bundle-server';

function run(python: string, ...args: string[]): { status: number | null; stdout: string } {
  return spawnSync(python, ['-I', '-X', 'utf8', ...args], { encoding: 'utf8' });
}

/** Name a Python of this version on the path, or among pyenv's. */
function find(version: string): string {
  const versions = join(homedir(), '.pyenv/versions');
  const known = existsSync(versions) ? readdirSync(versions) : [];
  const own = known.find((name) => name.startsWith(`${version}.`));
  return own ? join(versions, own, 'bin/python') : `python${version}`;
}

for (const version of ['3.10', '3.11', '3.12', '3.13', '3.14']) {
  const python = find(version);
  const absent = run(python, '-c', '').status !== 0 && `${python} is not installed`;
  test(`the bundle runs on Python ${version} alone`, { skip: MISSING || absent }, () => {
    assert.match(run(python, 'bundled/serve.py', '--version').stdout, /^pipelint \d/);
    assert.equal(run(python, 'bundled/serve.py', 'server', '--help').status, 0);
  });
}

test('the bundle brings the compiled YAML parser', { skip: MISSING }, () => {
  const { stdout } = run('python3', 'bundled/serve.py', '--version', '-v');
  assert.match(stdout, /YAML parser: libyaml/);
});
