/** The language server of this window: found, started, restarted, asked. */
import { spawn, type ChildProcess } from 'node:child_process';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import {
  LanguageClient,
  RevealOutputChannelOn,
  type LanguageClientOptions,
} from 'vscode-languageclient/node';
import { candidates, choose, type Candidate, type Choice, type Surroundings } from './discovery';
import { describeCandidate, explainAbsence } from './messages';
import { probe } from './probe';
import { lookAround } from './surroundings';

export const SELECTOR = [
  { language: 'yaml', scheme: 'file' },
  { language: 'yaml', scheme: 'untitled' },
];
/** A program is never started in the workspace: Windows would look there for its parts first. */
const FOLDER = homedir();
const PATIENCE_MS = 30_000;
const DOWNLOADS = 'https://www.python.org/downloads/';

export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private process: ChildProcess | undefined;
  private found: Candidate | undefined;
  private turn: Promise<void> = Promise.resolve();
  private readonly changed = new vscode.EventEmitter<void>();
  /** Fires when the server has started or stopped. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    readonly log: vscode.LogOutputChannel,
  ) {}

  /** Stop what runs and start anew, as the settings now say; calls take turns. */
  restart(): Promise<void> {
    this.turn = this.turn.then(() => this.replace()).catch((problem) => this.log.error(problem));
    return this.turn;
  }

  /** The version that the running server told, and where it is from. */
  get description(): { version: string; origin: string } | undefined {
    const version = this.client?.initializeResult?.serverInfo?.version;
    if (!this.client?.isRunning() || !this.found) return undefined;
    return { version: version ?? 'of unknown version', origin: describeCandidate(this.found) };
  }

  /** Tell whether the server said that it has something that not every server has. */
  can(request: string): boolean {
    const extras: unknown = this.client?.initializeResult?.capabilities.experimental;
    return Boolean((extras as { pipelint?: Record<string, unknown> })?.pipelint?.[request]);
  }

  /** Ask one of our own requests; undefined where the server cannot answer it. */
  async ask<Result>(request: string, parameters: object): Promise<Result | undefined> {
    if (!this.client?.isRunning()) return undefined;
    try {
      return await this.client.sendRequest<Result>(`pipelint/${request}`, parameters);
    } catch (problem) {
      this.log.info(`pipelint/${request}: ${String(problem)}`);
      return undefined;
    }
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.found = undefined;
    // One that is still starting refuses to be stopped; its process is ended all the same.
    await client?.stop().catch((problem: unknown) => this.log.info(String(problem)));
    this.process?.kill();
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async replace(): Promise<void> {
    await this.stop();
    const settings = vscode.workspace.getConfiguration('pipelint');
    if (settings.get('enable', true)) await this.start();
    this.changed.fire();
  }

  private async start(): Promise<void> {
    const around = lookAround(this.context);
    const minimum = String(this.context.extension.packageJSON.minimumServer);
    const all = candidates(around);
    const choice = await choose(all, (one) => probe(one, FOLDER), minimum);
    this.report(choice, around);
    if (!choice.chosen) return;
    this.found = choice.chosen;
    const { command, args } = choice.chosen;
    const run = (): Promise<ChildProcess> => {
      this.process = spawn(command, [...args, 'server'], { cwd: FOLDER, windowsHide: true });
      return Promise.resolve(this.process);
    };
    this.client = new LanguageClient('pipelint', 'pipelint', run, this.options(around));
    await withinPatience(this.client.start());
  }

  private options(around: Surroundings): LanguageClientOptions {
    const { version } = this.context.extension.packageJSON;
    return {
      documentSelector: SELECTOR,
      outputChannel: this.log,
      traceOutputChannel: this.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      diagnosticCollectionName: 'pipelint',
      initializationOptions: {
        client: { name: 'pipelint-vscode', version },
        trusted: around.trusted,
      },
    };
  }

  private report(choice: Choice, around: Surroundings): void {
    for (const { candidate, problem } of choice.rejected) {
      this.log.warn(`not used, ${describeCandidate(candidate)}: ${problem}`);
    }
    if (!choice.chosen) {
      void this.tellAbsence(explainAbsence(choice, around.trusted));
      return;
    }
    this.log.info(`${choice.chosen.version} from ${describeCandidate(choice.chosen)}`);
    // Only what somebody asked for by name is worth a message; the rest has a replacement.
    const refused = choice.rejected.find(({ candidate }) => candidate.origin === 'setting');
    if (refused) {
      const { candidate, problem } = refused;
      void vscode.window.showWarningMessage(
        `pipelint.path: ${candidate.command} cannot be used: ${problem}`,
      );
    }
  }

  private async tellAbsence(message: string): Promise<void> {
    const actions = ['Get Python', 'Open Settings', 'Show Log'] as const;
    const chosen = await vscode.window.showErrorMessage(message, ...actions);
    if (chosen === 'Get Python') await vscode.env.openExternal(vscode.Uri.parse(DOWNLOADS));
    if (chosen === 'Show Log') this.log.show();
    if (chosen === 'Open Settings') {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'pipelint.interpreter');
    }
  }
}

/** A server that never answers must not hold up the restart that would help. */
function withinPatience(start: Promise<void>): Promise<void> {
  const late = new Promise<void>((_, reject) => {
    setTimeout(() => reject(new Error('the server does not answer')), PATIENCE_MS);
  });
  return Promise.race([start, late]);
}
