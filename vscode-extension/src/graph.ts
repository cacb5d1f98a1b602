/** The picture of a pipeline beside its text. */
import * as vscode from 'vscode';
import { graphPage } from './graph-page';
import type { Server } from './server';

interface Graph {
  svg: string;
  title: string;
}

export async function showGraph(server: Server): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return;
  const graph = await server.ask<Graph>('graph', { uri: document.uri.toString() });
  if (!graph) {
    void vscode.window.showInformationMessage('There is no graph of this file.');
    return;
  }
  const { Beside } = vscode.ViewColumn;
  const panel = vscode.window.createWebviewPanel('pipelint.graph', graph.title, Beside, {
    enableScripts: false,
    localResourceRoots: [],
  });
  panel.webview.html = graphPage(graph.svg, graph.title);
}
