import * as vscode from 'vscode';
import { showGraph } from './graph';
import { explainRule, providePages } from './pages';
import { Server } from './server';
import { readStatus, StatusItem } from './status';
import { YamlExtension } from './yaml-extension';

/** Settings that say which server runs; all others are the server's own. */
const NEEDS_RESTART = ['enable', 'path', 'interpreter', 'importStrategy'];

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('pipelint', { log: true });
  const running = new Server(context, log);
  server = running;
  context.subscriptions.push(
    log,
    running,
    new StatusItem(running),
    new YamlExtension(running),
    providePages(running),
    running.onDidChange(() => setContext('pipelint.graph', running.can('graph'))),
    vscode.workspace.onDidGrantWorkspaceTrust(() => running.restart()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (NEEDS_RESTART.some((key) => change.affectsConfiguration(`pipelint.${key}`))) {
        void running.restart();
      }
    }),
    command('restart', () => running.restart()),
    command('showLog', () => log.show()),
    command('explainRule', (rule) => explainRule(running, rule)),
    command('fileStatus', () => showFileStatus(running)),
    command('showGraph', () => showGraph(running)),
  );
  await running.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

function command(name: string, run: (argument?: unknown) => unknown): vscode.Disposable {
  return vscode.commands.registerCommand(`pipelint.${name}`, run);
}

function setContext(key: string, value: unknown): void {
  void vscode.commands.executeCommand('setContext', key, value);
}

async function showFileStatus(running: Server): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return;
  const { text, detail } = await readStatus(running, document.uri);
  void vscode.window.showInformationMessage(`${text}: ${detail}`);
}
