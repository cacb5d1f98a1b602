/** The item in the status bar: what pipelint makes of the open file, and why. */
import * as vscode from 'vscode';
import { describeStatus, type FileStatus, type StatusText } from './messages';
import { SELECTOR, type Server } from './server';

const QUIET_MS = 400;

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem('pipelint', SELECTOR);
  private readonly subscriptions: vscode.Disposable[];
  private waiting: NodeJS.Timeout | undefined;

  constructor(private readonly server: Server) {
    this.item.name = 'pipelint';
    this.item.command = { command: 'pipelint.showLog', title: 'Show Log' };
    const isShown = (document: vscode.TextDocument): boolean =>
      document === vscode.window.activeTextEditor?.document;
    this.subscriptions = [
      this.item,
      server.onDidChange(() => this.update()),
      vscode.window.onDidChangeActiveTextEditor(() => this.update()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isShown(document)) this.update(QUIET_MS);
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.waiting);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private update(delay = 0): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => void this.show(), delay);
  }

  private async show(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !vscode.languages.match(SELECTOR, document)) return;
    const { text, detail, isWarning } = await readStatus(this.server, document.uri);
    const { Warning, Information } = vscode.LanguageStatusSeverity;
    this.item.text = text;
    this.item.detail = detail;
    this.item.severity = isWarning ? Warning : Information;
  }
}

/** Ask what a file is; where the server cannot say, tell what is known of the server. */
export async function readStatus(server: Server, uri: vscode.Uri): Promise<StatusText> {
  const running = server.description;
  if (!running) {
    return { text: 'pipelint is not running', detail: 'the log says why', isWarning: true };
  }
  const status = await server.ask<Partial<FileStatus>>('status', { uri: uri.toString() });
  if (isComplete(status)) return describeStatus(status, running.version);
  return { text: `pipelint ${running.version}`, detail: running.origin, isWarning: false };
}

/** The answer is empty for a text that the server does not have open. */
function isComplete(status: Partial<FileStatus> | undefined): status is FileStatus {
  return status?.kind !== undefined;
}
