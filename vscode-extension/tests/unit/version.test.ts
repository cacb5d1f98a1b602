import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOlder, readVersion } from '../../src/version';

for (const [text, version] of [
  ['pipelint 0.2.0\n', '0.2.0'],
  ['0.10', '0.10'],
  ['pipelint 1.2.3rc1', '1.2.3rc1'],
  ['usage: pipelint', undefined],
] as const) {
  test(`the version in ${JSON.stringify(text)} is ${version}`, () => {
    assert.equal(readVersion(text), version);
  });
}

for (const [version, minimum, expected] of [
  ['0.1.0', '0.1.0', false],
  ['0.9.0', '0.10.0', true],
  ['1.0', '0.10.0', false],
  ['0.1', '0.1.1', true],
  ['0.1.1rc1', '0.1.1', false],
] as const) {
  test(`${version} is ${expected ? '' : 'not '}older than ${minimum}`, () => {
    assert.equal(isOlder(version, minimum), expected);
  });
}
