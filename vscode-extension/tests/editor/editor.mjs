/** A VS Code of its own for each test: fresh profile, fresh copy of a workspace, a page to look at. */
import { spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const EXTENSION = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const INSTALLED = join(EXTENSION, 'out/editor');
const MAIN = join(INSTALLED, 'node_modules/code-server/lib/vscode/out/server-main.js');
const PATIENCE_MS = 60_000;
const SETTINGS = {
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'files.autoSave': 'off',
  'files.hotExit': 'off',
  'telemetry.telemetryLevel': 'off',
  'workbench.enableExperiments': false,
  'workbench.startupEditor': 'none',
};

/**
 * Start an editor with the packaged extension on a copy of `workspace`; call `use` with
 * `{ url, folder, page }` and stop everything again.
 */
export async function withEditor({ workspace, settings = {}, env = {}, prepare }, use) {
  const home = mkdtempSync(join(tmpdir(), 'pipelint-editor-'));
  const folder = join(home, 'workspace');
  cpSync(workspace, folder, { recursive: true });
  prepare?.(folder);
  mkdirSync(join(home, 'user/User'), { recursive: true });
  const file = join(home, 'user/User/settings.json');
  writeFileSync(file, JSON.stringify({ ...SETTINGS, ...settings }));
  const server = await startServer(home, env);
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  const page = await browser.newPage({ viewport: { width: 1200, height: 760 } });
  page.setDefaultTimeout(PATIENCE_MS);
  try {
    await use({ url: server.url, folder, page });
  } catch (problem) {
    await page.screenshot({ path: join(EXTENSION, 'out/failure.png') }).catch(() => {});
    throw problem;
  } finally {
    await browser.close();
    process.kill(-server.process.pid, 'SIGKILL'); // with the extension host and what that started
    await once(server.process, 'exit');
    await until(() => isRemoved(home));
  }
}

/** Open the workspace, and a file in it where one is named. */
export async function open({ url, folder, page }, file, extra = []) {
  const payload = [['skipWelcome', 'true'], ...extra];
  if (file) payload.push(['openFile', remote(url, join(folder, file))]);
  const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) });
  await page.goto(`${url}/?${query}`);
  await page.waitForSelector('.monaco-workbench');
}

/** Run a suite inside the extension host, with more extensions; return the exit code and its log. */
export async function runInside(editor, suite, ...others) {
  const lines = [];
  let finish;
  const done = new Promise((tell) => (finish = tell));
  await editor.page.exposeFunction('codeAutomationLog', (_, words) => lines.push(words.join(' ')));
  await editor.page.exposeFunction('codeAutomationExit', (code) => finish(code));
  await open(editor, undefined, [
    ...[suite, ...others].map((one) => ['extensionDevelopmentPath', remote(editor.url, one)]),
    ['extensionTestsPath', remote(editor.url, join(suite, 'index.js'))],
  ]);
  const late = new Promise((tell) => setTimeout(tell, PATIENCE_MS, 'timeout').unref());
  return { code: await Promise.race([done, late]), lines };
}

function remote(url, file) {
  return `vscode-remote://${new URL(url).host}${file}`;
}

async function startServer(home, env) {
  const places = [
    ['--server-data-dir', join(home, 'server')],
    ['--user-data-dir', join(home, 'user')],
    ['--extensions-dir', join(home, 'extensions')],
  ].flat();
  const vsix = join(EXTENSION, 'dist/pipelint.vsix');
  const install = spawnSync(process.execPath, [MAIN, ...places, '--install-extension', vsix]);
  if (install.status !== 0) throw new Error(`${install.stderr}`);
  const port = await freePort();
  const flags = [
    '--without-connection-token',
    '--accept-server-license-terms',
    '--enable-smoke-test-driver', // else a built product takes no test suite
  ];
  const address = ['--host', '127.0.0.1', '--port', String(port)];
  const child = spawn(process.execPath, [MAIN, ...places, ...flags, ...address], {
    // VSCODE_CLI: else it takes the environment of a login shell, with another PATH.
    env: { ...process.env, VSCODE_CLI: '1', ...env },
    stdio: 'ignore',
    detached: true,
  });
  const url = `http://127.0.0.1:${port}`;
  await until(() =>
    fetch(url).then(
      () => true,
      () => false,
    ),
  );
  return { process: child, url };
}

export async function until(condition) {
  const end = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited in vain for ${condition}`);
    await new Promise((tell) => setTimeout(tell, 50));
  }
}

/** Remove a folder; something that is still ending may write there in the meantime. */
function isRemoved(folder) {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (problem) {
    if (problem.code !== 'ENOTEMPTY') throw problem;
  }
  return !existsSync(folder);
}

function freePort() {
  return new Promise((tell) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => tell(port));
    });
  });
}

function findBrowser() {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const files = process.env.PATH.split(delimiter).flatMap((dir) =>
    names.map((name) => join(dir, name)),
  );
  const found = files.find((file) => existsSync(file));
  if (!found) throw new Error('these tests look at pages: please install chromium');
  accessSync(MAIN);
  return found;
}
