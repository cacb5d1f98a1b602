// Runs inside the extension host of a real VS Code that has the YAML extension too.
const assert = require('node:assert/strict');
const vscode = require('vscode');
const { runAll, until } = require('../checks.js');

async function offered(name) {
  const folder = vscode.workspace.workspaceFolders[0].uri;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, name));
  await vscode.window.showTextDocument(document);
  const list = await vscode.commands.executeCommand(
    'vscode.executeCompletionItemProvider',
    document.uri,
    new vscode.Position(document.lineCount - 1, 0),
  );
  return list.items.map(({ label }) => label.label ?? label);
}

const CHECKS = {
  async 'what is no pipeline is left to it'() {
    const labels = await until(async () => {
      const found = await offered('other.yml');
      return found.includes('theirs') && found;
    });
    assert.ok(labels.includes('steps'), labels.join());
  },

  ...Object.fromEntries(
    ['.vela.yml', 'elsewhere.yml'].map((name) => [
      `the keys of ${name} are offered once, by us`,
      async () => {
        const labels = await until(async () => {
          const found = await offered(name);
          return found.includes('secrets') && !found.includes('theirs') && found;
        });
        assert.deepEqual(labels, [...new Set(labels)]);
      },
    ]),
  ),
};

exports.run = () => runAll(CHECKS);
