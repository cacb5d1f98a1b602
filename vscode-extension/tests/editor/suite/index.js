// Runs inside the extension host of a real VS Code: what the editor's own interfaces answer.
const assert = require('node:assert/strict');
const vscode = require('vscode');
const { runAll, until } = require('../checks.js');

function codeOf({ code }) {
  return String(typeof code === 'object' ? code.value : code);
}

function findings(uri) {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'pipelint');
}

const finding = (uri, rule) => findings(uri).find((one) => codeOf(one) === rule);

async function openPipeline() {
  const folder = vscode.workspace.workspaceFolders[0].uri;
  const uri = vscode.Uri.joinPath(folder, '.harness', 'deploy.yaml');
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

const CHECKS = {
  async 'the squiggle stands under the wrong segment alone'(document) {
    const { range } = await until(() => finding(document.uri, 'unknown-stage'));
    assert.equal(document.getText(range), 'to_qaa');
  },

  async 'only the stages in reach are offered'(document) {
    const { range } = await until(() => finding(document.uri, 'unknown-stage'));
    const list = await vscode.commands.executeCommand(
      'vscode.executeCompletionItemProvider',
      document.uri,
      range.start,
      '.',
    );
    const labels = list.items.map(({ label }) => label.label ?? label);
    assert.ok(labels.includes('to_qa'), labels.join());
    assert.ok(!labels.includes('Deployment'), `words, not stages: ${labels.join()}`);
  },

  async 'the quick fix is applied, and the finding goes away'(document) {
    const { range } = await until(() => finding(document.uri, 'unknown-stage'));
    const actions = await vscode.commands.executeCommand(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
    );
    const fix = actions.find(({ title }) => title.includes('`to_qa`'));
    assert.ok(fix, actions.map(({ title }) => title).join());
    await vscode.workspace.applyEdit(fix.edit);
    await until(() => !finding(document.uri, 'unknown-stage'));
    await vscode.commands.executeCommand('undo');
    await until(() => finding(document.uri, 'unknown-stage'));
  },

  async 'a stage leads to its definition, and is renamed with all that uses it'(document) {
    const wrong = await until(() => finding(document.uri, 'unknown-stage'));
    const mended = new vscode.WorkspaceEdit();
    mended.replace(document.uri, wrong.range, 'to_qa');
    await vscode.workspace.applyEdit(mended);
    const used = wrong.range.start;
    const places = await vscode.commands.executeCommand(
      'vscode.executeDefinitionProvider',
      document.uri,
      used,
    );
    const { range } = places[0];
    assert.match(document.lineAt(range.start.line).text, /identifier: to_qa/);
    const edit = await vscode.commands.executeCommand(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      used,
      'to_staging',
    );
    const lines = edit.get(document.uri).map((one) => one.range.start.line);
    assert.ok(lines.includes(range.start.line) && lines.includes(used.line), lines.join());
    await vscode.commands.executeCommand('undo');
  },

  async 'a finding is explained by its page'(document) {
    await until(() => finding(document.uri, 'unknown-stage'));
    const uri = vscode.Uri.from({ scheme: 'pipelint-rule', path: 'unknown-stage.md' });
    const page = await vscode.workspace.openTextDocument(uri);
    assert.match(page.getText(), /stage/);
    assert.doesNotMatch(page.getText(), /There is no page/);
  },

  async 'after a restart the findings are back, once'(document) {
    const before = findings(document.uri).length;
    await vscode.commands.executeCommand('pipelint.restart');
    await until(() => findings(document.uri).length === before);
  },

  async 'a text that was never saved is judged too'() {
    const content = 'version: "1"\nsteps:\n  - name: one\n    image: alpine\n    comands: [ls]\n';
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
    const rule = await until(() => findings(document.uri)[0]);
    assert.match(document.getText(rule.range), /comands/);
  },

  async 'YAML that is no pipeline is left alone'() {
    const content = 'services:\n  web:\n    image: alpine\n';
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
    await new Promise((tell) => setTimeout(tell, 1000));
    assert.deepEqual(findings(document.uri), []);
  },
};

exports.run = async () => runAll(CHECKS, await openPipeline());
