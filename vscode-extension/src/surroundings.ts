/** What the discovery looks at, read from this editor and this machine. */
import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Surroundings } from './discovery';

export function lookAround(context: vscode.ExtensionContext): Surroundings {
  const settings = vscode.workspace.getConfiguration('pipelint');
  const folders = vscode.workspace.workspaceFolders ?? [];
  return {
    platform: process.platform,
    path: process.env['PATH'] ?? '',
    extensions: process.env['PATHEXT'] ?? '',
    isFile: (file) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
    trusted: vscode.workspace.isTrusted,
    home: homedir(),
    folders: folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath),
    settings: {
      path: settings.get('path', ''),
      interpreter: settings.get('interpreter', ''),
      importStrategy: settings.get('importStrategy', ''),
    },
    script: context.asAbsolutePath('bundled/serve.py'),
  };
}
