// A real VS Code with the packaged extension; pictures go to `images/`, for the README.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { EXTENSION, open, runInside, until, withEditor } from './editor.mjs';

const WORKSPACE = join(EXTENSION, '../examples/broken/checkout');
const FILE = '.harness/deploy.yaml';
const TRUSTED = { 'security.workspace.trust.enabled': false };
// Another server than the bundled one: PIPELINT_SERVER=/path/to/pipelint npm run test:editor
const SERVER = process.env.PIPELINT_SERVER ? { 'pipelint.path': process.env.PIPELINT_SERVER } : {};
const main = { workspace: WORKSPACE, settings: { ...TRUSTED, ...SERVER } };

const picture = (page, name) => page.screenshot({ path: join(EXTENSION, `images/${name}.png`) });

test('inside the extension host', async () => {
  await withEditor(main, async (editor) => {
    const { code, lines } = await runInside(editor, join(EXTENSION, 'tests/editor/suite'));
    assert.equal(code, 0, lines.join('\n'));
  });
});

test('beside the YAML extension nothing is offered twice', async () => {
  const prepare = (folder) => {
    const pipeline =
      'version: "1"\nsteps:\n  - name: one\n    image: alpine:3.20\n    commands: [ls]\n';
    writeFileSync(join(folder, '.vela.yml'), pipeline);
    writeFileSync(join(folder, 'elsewhere.yml'), pipeline);
    writeFileSync(join(folder, 'other.yml'), 'name: one\n');
    const schema = { type: 'object', properties: { version: {}, steps: {}, theirs: {} } };
    writeFileSync(join(folder, 'schema.json'), JSON.stringify(schema));
  };
  const settings = {
    'yaml.schemas': { './schema.json': '*.yml' },
    'yaml.schemaStore.enable': false,
  };
  const beside = { ...main, settings: { ...main.settings, ...settings }, prepare };
  await withEditor(beside, async (editor) => {
    const tests = join(EXTENSION, 'tests/editor');
    const suite = join(tests, 'beside');
    const { code, lines } = await runInside(editor, suite, join(tests, 'yaml-extension'));
    assert.equal(code, 0, lines.join('\n'));
  });
});

test('what a user sees', async (steps) => {
  await withEditor(main, async (editor) => {
    const { page } = editor;
    await open(editor, FILE);

    await steps.test('a squiggle, and the finding in the list of problems', async () => {
      await page.locator('.editor-instance .view-line').first().click();
      await goToLine(page, 84, 40);
      await page.waitForSelector('.squiggly-error');
      await page.keyboard.press('Control+Shift+M');
      const problems = page.locator('.markers-panel-container');
      await problems.getByText('no stage has the identifier').first().waitFor();
      await picture(page, 'problems');
      await page.keyboard.press('Control+Shift+M');
    });

    await steps.test('the fix is offered, and mends it', async () => {
      await page.locator('.editor-instance .view-line', { hasText: 'to_qaa' }).click();
      await goToLine(page, 84, 40);
      await page.keyboard.press('Control+.');
      await page.locator('.action-widget').getByText('`to_qa`').first().waitFor();
      await picture(page, 'quick-fix');
      await page.keyboard.press('Enter');
      await page.locator('.view-line', { hasText: 'to_qaa' }).waitFor({ state: 'detached' });
    });

    await steps.test('the status says what the file is', async () => {
      await page.locator('[id="status.languageStatus"]').click();
      const status = page.locator('.hover-language-status', { hasText: 'pipelint' }).first();
      await status.getByText('Harness pipeline').waitFor();
      await status.getByText('libyaml').waitFor();
      await page.waitForTimeout(1000); // it fades in
      await picture(page, 'status');
      await page.keyboard.press('Escape');
    });

    await steps.test('stages are offered while typing', async () => {
      await goToLine(page, 84, 22);
      await page.keyboard.press('Shift+End');
      await page.keyboard.type('<+pipeline.stages.', { delay: 30 });
      const list = page.locator('.suggest-widget.visible');
      await list.getByText('to_qa').first().waitFor();
      await picture(page, 'completion');
      await page.keyboard.press('Escape');
    });
  });
});

test('the picture of a pipeline follows its text, and leads back to it', async () => {
  await withEditor(main, async (editor) => {
    const { page } = editor;
    await open(editor, FILE);
    await page.locator('.editor-instance .view-line').first().click();
    await goToLine(page, 84, 40);
    await page.waitForSelector('.squiggly-error'); // the server runs
    await page.keyboard.press('F1');
    await page.keyboard.type('pipelint: Show Graph');
    await page.locator('.quick-input-list').getByText('Show Graph').first().waitFor();
    await page.keyboard.press('Enter');
    const shown = page.frameLocator('iframe.webview').frameLocator('#active-frame');
    const stage = shown.locator('svg.pipelint g.stage', { hasText: 'To production' });
    await stage.waitFor();
    assert.equal(await shown.locator('g.stage').count(), 3);
    assert.equal(await shown.locator('g.has-error').count(), 2);
    await page.waitForTimeout(500); // the panel finds its place
    await picture(page, 'graph');
    await stage.locator('> text').first().click();
    await page.getByText('Ln 78, Col').first().waitFor();
    await goToLine(page, 84, 40);
    await page.keyboard.press('Control+Shift+ArrowRight');
    await page.keyboard.type('to_qa');
    await shown.locator('g.stage.has-error').waitFor({ state: 'detached' });
  });
});

async function goToLine(page, line, column) {
  await page.keyboard.press('Control+G');
  await page.keyboard.type(`${line}:${column}`);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300); // the editor scrolls
}

test('without any Python one message says what to do', async () => {
  const env = { PATH: '/nonexistent' };
  await withEditor({ workspace: WORKSPACE, settings: TRUSTED, env }, async (editor) => {
    await open(editor, FILE);
    const toast = editor.page.locator('.notification-toast', { hasText: 'needs Python 3.10' });
    await toast.getByText('Get Python').waitFor();
    assert.equal(await editor.page.locator('.notification-toast').count(), 1);
  });
});

test('an untrusted workspace runs the bundled server, never its own', async () => {
  let proof = '';
  const prepare = (folder) => {
    const programs = join(folder, '.venv/bin');
    mkdirSync(programs, { recursive: true });
    proof = join(folder, 'it-ran');
    for (const name of ['pipelint', 'python', 'python3']) {
      writeFileSync(join(programs, name), `#!/bin/sh\ntouch '${proof}'\n`);
      chmodSync(join(programs, name), 0o755);
    }
  };
  const settings = {
    'security.workspace.trust.startupPrompt': 'never',
    'security.workspace.trust.banner': 'never',
  };
  await withEditor({ workspace: WORKSPACE, settings, prepare }, async (editor) => {
    await open(editor, FILE);
    await editor.page.getByText('Restricted Mode').first().waitFor();
    await editor.page.locator('.editor-instance .view-line').first().click();
    await goToLine(editor.page, 84, 40);
    await editor.page.waitForSelector('.squiggly-error');
    assert.equal(existsSync(proof), false);
  });
  await withEditor({ workspace: WORKSPACE, settings: TRUSTED, prepare }, async (editor) => {
    await open(editor, FILE);
    await until(() => existsSync(proof)); // in a trusted one it does: the check above can fail
  });
});
