import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  candidates,
  choose,
  expand,
  type Answer,
  type Candidate,
  type Surroundings,
} from '../../src/discovery';

const LINUX: Surroundings = {
  platform: 'linux',
  path: '/usr/local/bin:/usr/bin',
  extensions: '',
  isFile: () => false,
  trusted: true,
  home: '/home/ada',
  folders: ['/repo'],
  settings: { path: '', interpreter: '', importStrategy: 'fromEnvironment' },
  script: '/ext/serve.py',
};
const WINDOWS: Surroundings = {
  ...LINUX,
  platform: 'win32',
  path: 'C:\\Windows;"D:\\Program Files\\Python";tools',
  extensions: '.COM;.EXE;.BAT;.CMD',
  home: 'C:\\Users\\ada',
  folders: ['c:\\repo'],
  script: 'C:\\ext\\serve.py',
};

function withFiles(around: Surroundings, ...files: string[]): Surroundings {
  return { ...around, isFile: (file) => files.includes(file) };
}

function tell(around: Surroundings): string[] {
  return candidates(around).map(({ origin, command, args }) => {
    const bundled = args.includes(around.script) ? ' + bundle' : '';
    return `${origin}: ${command}${bundled}`;
  });
}

const EVERYTHING = withFiles(
  LINUX,
  '/repo/.venv/bin/pipelint',
  '/repo/.venv/bin/python',
  '/usr/local/bin/pipelint',
  '/usr/bin/pipelint',
  '/usr/bin/python3',
  '/usr/bin/python',
);

test('the order: setting, environment of the workspace, PATH, bundle', () => {
  const settings = { path: '/opt/pipelint', interpreter: '/opt/python', importStrategy: '' };
  assert.deepEqual(tell({ ...EVERYTHING, settings }), [
    'setting: /opt/pipelint',
    'workspace: /repo/.venv/bin/pipelint',
    'PATH: /usr/local/bin/pipelint',
    'bundled: /opt/python + bundle',
    'bundled: /repo/.venv/bin/python + bundle',
    'bundled: /usr/bin/python3 + bundle',
    'bundled: /usr/bin/python + bundle',
  ]);
});

test('`useBundled` leaves out what is installed', () => {
  const settings = { path: '/opt/pipelint', interpreter: '', importStrategy: 'useBundled' };
  assert.deepEqual(tell({ ...EVERYTHING, settings }), [
    'bundled: /repo/.venv/bin/python + bundle',
    'bundled: /usr/bin/python3 + bundle',
    'bundled: /usr/bin/python + bundle',
  ]);
});

test('an untrusted workspace brings no program', () => {
  const path = '/repo/.venv/bin:/repo/bin:/usr/bin';
  const files = ['/repo/.venv/bin/python', '/repo/.venv/bin/python3', '/repo/bin/python3'];
  const around = withFiles(LINUX, '/usr/bin/python3', '/usr/bin/pipelint', ...files);
  assert.deepEqual(tell({ ...around, path, trusted: false }), [
    'bundled: /usr/bin/python3 + bundle',
  ]);
});

test('relative entries of PATH are never searched', () => {
  const around = withFiles(LINUX, 'bin/python3', './python3', 'python3');
  assert.deepEqual(tell({ ...around, path: 'bin:.::' }), []);
});

test('each folder of a workspace is looked into', () => {
  const around = withFiles(LINUX, '/other/.venv/bin/pipelint');
  assert.deepEqual(tell({ ...around, folders: ['/repo', '/other'] }), [
    'workspace: /other/.venv/bin/pipelint',
  ]);
});

test('Windows: quoted entries, `Scripts`, the launcher `py -3`, no batch files', () => {
  const around = withFiles(
    WINDOWS,
    'c:\\repo\\.venv\\Scripts\\pipelint.exe',
    'D:\\Program Files\\Python\\python.exe',
    'D:\\Program Files\\Python\\pipelint.bat',
    'C:\\Windows\\py.exe',
    'tools\\python.exe',
  );
  assert.deepEqual(tell(around), [
    'workspace: c:\\repo\\.venv\\Scripts\\pipelint.exe',
    'bundled: D:\\Program Files\\Python\\python.exe + bundle',
    'bundled: C:\\Windows\\py.exe + bundle',
  ]);
  assert.equal(candidates(around)[2]?.args[0], '-3');
});

test('Windows: a workspace on a share, and one whose drive is written in another case', () => {
  const share = ['\\\\server\\share\\repo'];
  const shared = withFiles(WINDOWS, '\\\\server\\share\\repo\\.venv\\Scripts\\pipelint.exe');
  assert.deepEqual(tell({ ...shared, folders: share }), [
    'workspace: \\\\server\\share\\repo\\.venv\\Scripts\\pipelint.exe',
  ]);
  const inside = withFiles(WINDOWS, 'C:\\REPO\\bin\\python.exe');
  assert.deepEqual(tell({ ...inside, path: 'C:\\REPO\\bin', trusted: false }), []);
});

test('Python runs the bundle in isolation', () => {
  const [only] = candidates(withFiles(LINUX, '/usr/bin/python3'));
  assert.deepEqual(only?.args, ['-I', '-X', 'utf8', '/ext/serve.py']);
});

for (const [value, meaning] of [
  ['', undefined],
  ['/opt/pipelint', '/opt/pipelint'],
  ['~/bin/pipelint', '/home/ada/bin/pipelint'],
  ['${workspaceFolder}/tools/pipelint', '/repo/tools/pipelint'],
  ['tools/pipelint', '/repo/tools/pipelint'],
  ['pipelint', '/usr/bin/pipelint'],
  ['nowhere', 'nowhere'],
] as const) {
  test(`the setting \`${value}\` means ${meaning}`, () => {
    assert.equal(expand(value, withFiles(LINUX, '/usr/bin/pipelint')), meaning);
  });
}

test('Windows: settings with either slash', () => {
  assert.equal(expand('~\\bin\\pipelint.exe', WINDOWS), 'C:\\Users\\ada\\bin\\pipelint.exe');
  assert.equal(expand('tools/pipelint.exe', WINDOWS), 'c:\\repo\\tools\\pipelint.exe');
  assert.equal(expand('D:/pipelint.exe', WINDOWS), 'D:/pipelint.exe');
});

const ALL: Candidate[] = [
  { origin: 'workspace', command: '/broken', args: [] },
  { origin: 'PATH', command: '/old', args: [] },
  { origin: 'bundled', command: '/good', args: [] },
  { origin: 'bundled', command: '/never-asked', args: [] },
];
const ANSWERS: Record<string, Answer> = {
  '/broken': { problem: 'no such module' },
  '/old': { version: '0.0.9' },
  '/good': { version: '0.2.0' },
};

test('the first that answers and is not too old is taken; the others say why not', async () => {
  const asked: string[] = [];
  const probe = (candidate: Candidate): Promise<Answer> => {
    asked.push(candidate.command);
    return Promise.resolve(ANSWERS[candidate.command] ?? { problem: 'unexpected' });
  };
  const { chosen, rejected } = await choose(ALL, probe, '0.1.0');
  assert.equal(chosen?.command, '/good');
  assert.equal(chosen.version, '0.2.0');
  assert.deepEqual(
    rejected.map(({ problem }) => problem),
    ['no such module', 'version 0.0.9 is older than 0.1.0'],
  );
  assert.deepEqual(asked, ['/broken', '/old', '/good']);
});

test('nothing is chosen where nothing answers', async () => {
  const { chosen } = await choose(ALL, () => Promise.resolve({ problem: 'no' }), '0.1.0');
  assert.equal(chosen, undefined);
});
