/** Pages of rules as read-only Markdown documents, shown by VS Code's own preview. */
import * as vscode from 'vscode';
import type { Server } from './server';

const SCHEME = 'pipelint-rule';

interface RuleName {
  name: string;
  summary: string;
}

/** Let `pipelint-rule:NAME.md` be read. */
export function providePages(server: Server): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    async provideTextDocumentContent(uri) {
      const rule = uri.path.replace(/\.md$/, '');
      const page = await server.ask<{ markdown: string }>('explain', { rule });
      return page?.markdown ?? `There is no page for \`${rule}\` in this server.`;
    },
  });
}

/** Show the page of a rule; without a name let the user choose, those of the file first. */
export async function explainRule(server: Server, name?: unknown): Promise<void> {
  const rule = typeof name === 'string' ? name : await chooseRule(server);
  if (!rule) return;
  const uri = vscode.Uri.from({ scheme: SCHEME, path: `${rule}.md` });
  await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
}

async function chooseRule(server: Server): Promise<string | undefined> {
  const here = [...new Set(rulesOfOpenFile())];
  const others = (await server.ask<RuleName[]>('rules', {})) ?? [];
  const items = [
    ...here.map((label) => ({ label, description: 'in this file' })),
    ...others
      .filter(({ name }) => !here.includes(name))
      .map(({ name, summary }) => ({ label: name, description: summary })),
  ];
  if (items.length === 0) return vscode.window.showInputBox({ prompt: 'The name of a rule' });
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Which rule?' }))?.label;
}

function rulesOfOpenFile(): string[] {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return (uri ? vscode.languages.getDiagnostics(uri) : [])
    .filter(({ source }) => source === 'pipelint')
    .map(({ code }) => String(typeof code === 'object' ? code.value : code));
}
