import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rejection } from '../../src/discovery';
import { askedLine, graphPage, toldWidth } from '../../src/graph-page';
import { describeStatus, explainAbsence } from '../../src/messages';
import { judge, readAnswer } from '../../src/probe';

const VELA = {
  kind: 'vela-pipeline',
  checked: true,
  reason: 'Vela pipeline',
  problems: 2,
  suppressed: 1,
  parser: 'c',
  config: 'pipelint.yaml',
  notes: ['`extends` is not trusted'],
};
const OTHER = { ...VELA, kind: 'unknown', checked: false, reason: 'no key of a pipeline' };

test('the status says what a file is, what was found, and what reads it', () => {
  assert.deepEqual(describeStatus(VELA, '0.2.0'), {
    text: 'Vela pipeline',
    detail:
      '2 problems, 1 ignored · pipelint.yaml · pipelint 0.2.0 · YAML parser: libyaml · `extends` is not trusted',
    isWarning: false,
  });
});

test('the status of a file that is no pipeline says why', () => {
  const { text, detail } = describeStatus(OTHER, '0.2.0');
  assert.equal(text, 'not a pipeline');
  assert.match(detail, /^no key of a pipeline · pipelint.yaml/);
});

test('the slow parser is a warning, on pipelines only', () => {
  const slow = describeStatus({ ...VELA, parser: 'pure' }, '0.2.0');
  assert.ok(slow.isWarning);
  assert.match(slow.detail, /pure Python, slow on large files/);
  assert.equal(describeStatus({ ...OTHER, parser: 'pure' }, '0.2.0').isWarning, false);
});

for (const [kind, checked, text] of [
  ['unknown', false, 'not a pipeline'],
  ['harness-input-set', true, 'Harness input set'],
  ['harness-v1', false, 'Harness v1, not checked'],
] as const) {
  test(`${kind} reads: ${text}`, () => {
    assert.equal(describeStatus({ ...VELA, kind, checked }, '0.2.0').text, text);
  });
}

function rejected(problem: string): Rejection[] {
  return [{ candidate: { origin: 'bundled', command: '/usr/bin/python3', args: [] }, problem }];
}

test('no Python at all: what is needed and where it was looked for', () => {
  assert.match(explainAbsence({ rejected: [] }, true), /needs Python 3.10 .* `.venv` or on PATH/);
  assert.match(explainAbsence({ rejected: [] }, false), /not trusted/);
});

test('only an old Python: the version that was found', () => {
  const old = rejected('needs Python 3.10 or later, found 3.8');
  assert.match(explainAbsence({ rejected: old }, true), /^pipelint needs .*, found 3.8\. Install/);
});

test('a Python that fails: the log says more', () => {
  assert.match(explainAbsence({ rejected: rejected('killed') }, true), /could not be started/);
});

test('a probe keeps the line that says what happened', () => {
  assert.deepEqual(judge(null, 'pipelint 0.2.0\n', ''), { output: 'pipelint 0.2.0\n' });
  assert.deepEqual(judge(new Error('exit 3'), '', 'too old\nmore'), { problem: 'too old' });
  const traceback = 'Traceback (most recent call last):\r\n  File "x"\r\nImportError: no pygls\r\n';
  assert.deepEqual(judge(new Error('1'), '', traceback), { problem: 'ImportError: no pygls' });
  assert.deepEqual(judge(new Error('spawn ENOENT'), '', ''), { problem: 'spawn ENOENT' });
  assert.deepEqual(readAnswer('pipelint 0.2.0\n'), { version: '0.2.0' });
  assert.deepEqual(readAnswer(''), { problem: 'it printed no version' });
});

test('the page of a graph runs its own script alone, and loads nothing', () => {
  const page = graphPage('<svg><script>alert(1)</script></svg>', '"><b>', 'n0nce');
  const [, policy = ''] = page.match(/Content-Security-Policy" content="([^"]*)"/) ?? [];
  assert.deepEqual(policy.split('; '), [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "script-src 'nonce-n0nce'",
    "form-action 'none'",
    "base-uri 'none'",
  ]);
  assert.equal(page.split('nonce="n0nce"').length, 2);
  assert.match(page, /<title>&#34;&#62;&#60;b&#62;<\/title>/);
});

test('only a line that the text has is gone to', () => {
  assert.equal(askedLine({ line: 1 }, 10), 0);
  assert.equal(askedLine({ line: 10 }, 10), 9);
  for (const line of [0, 11, 1.5, NaN, '3', null, undefined]) {
    assert.equal(askedLine({ line }, 10), undefined);
  }
  for (const message of [null, undefined, 'x', 7]) assert.equal(askedLine(message, 10), undefined);
  assert.equal(toldWidth({ width: 640 }), 640);
  for (const width of [0, -1, 1.5, '640']) assert.equal(toldWidth({ width }), undefined);
});
