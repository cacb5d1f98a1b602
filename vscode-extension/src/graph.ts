/** The picture of a pipeline beside its text: it follows the text, and leads back to its lines. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { askedLine, graphPage, toldWidth } from './graph-page';
import type { Server } from './server';

interface Graph {
  svg: string;
  title: string;
  /** Why there is no picture. */
  reason?: string;
}

const DELAY_MS = 400;
const NONCE_BYTES = 16;

/** The pictures that are open, by the text that they show. */
const pictures = new Map<string, Picture>();

export async function showGraph(server: Server): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return;
  const uri = document.uri.toString();
  const graph = await server.ask<Graph>('graph', { uri });
  if (!graph?.svg) {
    const why = graph?.reason ?? 'the server knows nothing of this file';
    void vscode.window.showInformationMessage(`No graph: ${why}.`);
    return;
  }
  const picture = pictures.get(uri) ?? new Picture(server, document);
  picture.show(graph);
  picture.panel.reveal(undefined, true);
}

/** One picture: drawn again when its text or its room has changed. */
class Picture {
  readonly panel: vscode.WebviewPanel;
  private readonly uri: string;
  private width: number | undefined;
  private waiting: NodeJS.Timeout | undefined;

  constructor(
    private readonly server: Server,
    private readonly document: vscode.TextDocument,
  ) {
    this.uri = document.uri.toString();
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.panel = vscode.window.createWebviewPanel('pipelint.graph', 'pipelint', place, {
      enableScripts: true, // ours alone, by its nonce
      enableForms: false,
      localResourceRoots: [],
    });
    pictures.set(this.uri, this);
    const changes = vscode.workspace.onDidChangeTextDocument((change) => {
      if (change.document.uri.toString() === this.uri) this.drawLater(DELAY_MS);
    });
    this.panel.webview.onDidReceiveMessage((message) => this.take(message));
    this.panel.onDidDispose(() => {
      pictures.delete(this.uri);
      clearTimeout(this.waiting);
      changes.dispose();
    });
  }

  show(graph: Graph): void {
    this.panel.title = graph.title;
    const nonce = randomBytes(NONCE_BYTES).toString('hex');
    this.panel.webview.html = graphPage(graph.svg, graph.title, nonce);
  }

  private drawLater(delay: number): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => void this.draw(), delay);
  }

  private async draw(): Promise<void> {
    const graph = await this.server.ask<Graph>('graph', { uri: this.uri, width: this.width });
    if (graph?.svg && pictures.get(this.uri) === this) this.show(graph);
  }

  private take(message: unknown): void {
    const width = toldWidth(message);
    if (width !== undefined && width !== this.width) {
      this.drawLater(this.width === undefined ? 0 : DELAY_MS);
      this.width = width;
    }
    const line = askedLine(message, this.document.lineCount);
    if (line !== undefined) void this.goTo(line);
  }

  private async goTo(line: number): Promise<void> {
    const start = this.document.lineAt(line).range.start;
    const editors = vscode.window.visibleTextEditors;
    const shown = editors.find((editor) => editor.document.uri.toString() === this.uri);
    const viewColumn = shown?.viewColumn ?? vscode.ViewColumn.One;
    const selection = new vscode.Range(start, start);
    await vscode.window.showTextDocument(this.document.uri, { viewColumn, selection });
  }
}
