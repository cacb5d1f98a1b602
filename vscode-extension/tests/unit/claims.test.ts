import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Claims } from '../../src/claims';

const OURS = 'pipelint://schema/pipeline';

for (const [uri, schema] of [
  ['file:///w/.vela.yml', OURS],
  ['file:///w/sub/.vela.yaml', OURS],
  ['file:///w/.harness/deploy.yaml', OURS],
  ['file:///c%3A/w/.harness/orgs/default/deploy.yml', OURS],
  ['file:///w/docker-compose.yml', undefined],
  ['file:///w/my.vela.yml', undefined],
  ['file:///w/harness/values.yaml', undefined],
  ['untitled:Untitled-1', undefined],
] as const) {
  test(`before the server has spoken, ${uri} is ${schema ? 'ours' : 'left to others'}`, () => {
    assert.equal(new Claims().schemaOf(uri), schema);
  });
}

test('what the server says of a file counts, whatever its path', () => {
  const claims = new Claims();
  claims.learn('untitled:Untitled-1', { checked: true });
  claims.learn('file:///w/.harness/values.yaml', { checked: false });
  assert.equal(claims.schemaOf('untitled:Untitled-1'), OURS);
  assert.equal(claims.schemaOf('file:///w/.harness/values.yaml'), undefined);
});

test('no answer, and an empty one, change nothing', () => {
  const claims = new Claims();
  claims.learn('file:///w/ci.yaml', { checked: true });
  claims.learn('file:///w/ci.yaml', {});
  claims.learn('file:///w/ci.yaml', undefined);
  assert.equal(claims.schemaOf('file:///w/ci.yaml'), OURS);
});

test('a file that was closed is judged anew', () => {
  const claims = new Claims();
  claims.learn('file:///w/ci.yaml', { checked: true });
  claims.forget('file:///w/ci.yaml');
  assert.equal(claims.schemaOf('file:///w/ci.yaml'), undefined);
});

test('without a server everything is left to others', () => {
  const claims = new Claims();
  claims.isServed = false;
  assert.equal(claims.schemaOf('file:///w/.vela.yml'), undefined);
});

test('the schema allows everything and tells nothing; those of others are theirs', () => {
  const claims = new Claims();
  assert.deepEqual(JSON.parse(claims.contentOf(OURS) ?? ''), {});
  assert.equal(claims.contentOf('kubernetes://schema/pod'), undefined);
});
