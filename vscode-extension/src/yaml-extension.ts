/** Beside the common YAML extension: pipelines are ours, all else is left to it. */
import * as vscode from 'vscode';
import { Claims, SCHEME } from './claims';
import { SELECTOR, type Server } from './server';

const NAME = 'redhat.vscode-yaml';
const QUIET_MS = 200;

/** What it gives to other extensions, as far as we use it. */
interface Contributors {
  registerContributor?(
    scheme: string,
    schemaOf: (uri: string) => string | undefined,
    contentOf: (schema: string) => string | undefined,
  ): boolean;
}

export class YamlExtension implements vscode.Disposable {
  private readonly claims = new Claims();
  private readonly subscriptions: vscode.Disposable[];
  private isMet = false;
  private readonly waiting = new Map<string, NodeJS.Timeout>();

  constructor(private readonly server: Server) {
    this.claims.isServed = vscode.workspace.getConfiguration('pipelint').get('enable', true);
    this.subscriptions = [
      // It may be installed, or switched on, while we run.
      vscode.extensions.onDidChange(() => void this.meet()),
      server.onDidChange(() => {
        this.claims.isServed = server.description !== undefined;
        this.askAll();
      }),
      vscode.workspace.onDidOpenTextDocument((document) => this.ask(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.ask(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.claims.forget(uri.toString())),
    ];
    void this.meet();
  }

  dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async meet(): Promise<void> {
    const extension = vscode.extensions.getExtension<Contributors | undefined>(NAME);
    if (!extension) return;
    try {
      const contributors = await extension.activate();
      const isNew = contributors?.registerContributor?.(
        SCHEME,
        (uri) => this.claims.schemaOf(uri),
        (schema) => this.claims.contentOf(schema),
      );
      this.isMet ||= isNew === true;
      this.askAll();
    } catch (problem) {
      this.server.log.info(`${NAME}: ${String(problem)}`);
    }
  }

  private askAll(): void {
    for (const document of vscode.workspace.textDocuments) this.ask(document);
  }

  /** Learn what a file is, when nobody types. */
  private ask(document: vscode.TextDocument): void {
    if (!this.isMet || !vscode.languages.match(SELECTOR, document)) return;
    const uri = document.uri.toString();
    clearTimeout(this.waiting.get(uri));
    const run = async (): Promise<void> => {
      this.waiting.delete(uri);
      const status = await this.server.ask<object>('status', { uri });
      if (!document.isClosed) this.claims.learn(uri, status);
    };
    this.waiting.set(
      uri,
      setTimeout(() => void run(), QUIET_MS),
    );
  }
}
