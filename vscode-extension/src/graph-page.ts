/** The page that shows a graph: the picture in the colours of the editor; nothing else is loaded. */

/** Run by its nonce alone: it tells which line was clicked, and how much room there is. */
const SCRIPT = `
const editor = acquireVsCodeApi();
const tellWidth = () => editor.postMessage({ width: document.documentElement.clientWidth });
addEventListener('resize', tellWidth);
tellWidth();
for (const node of document.querySelectorAll('svg.pipelint [data-line]')) {
  node.addEventListener('click', (event) => {
    event.stopPropagation();
    editor.postMessage({ line: Number(node.dataset.line) });
  });
}`;

const STYLE = `
html { overflow-y: scroll; }
body { padding: 0; }
body svg.pipelint {
  --paper: transparent;
  --ink: var(--vscode-editor-foreground);
  --faint: var(--vscode-descriptionForeground);
  --line: var(--vscode-descriptionForeground);
  --border: var(--vscode-widget-border, var(--vscode-contrastBorder, var(--vscode-input-border, #8888)));
  --stage: var(--vscode-sideBar-background);
  --group: var(--vscode-editorWidget-background);
  --step: var(--vscode-editor-background);
  --aside: var(--vscode-editorWidget-background);
  --need: var(--vscode-textLink-foreground);
  --error: var(--vscode-editorError-foreground, var(--vscode-errorForeground));
  --warning: var(--vscode-editorWarning-foreground);
  --info: var(--vscode-editorInfo-foreground);
  --on-badge: var(--vscode-editor-background);
}
svg.pipelint [data-line] { cursor: pointer; }`;

/**
 * Put a picture into a page. Whatever stands in the SVG: without the nonce no script runs, nothing is
 * fetched and no form is sent.
 */
export function graphPage(svg: string, title: string, nonce: string): string {
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src 'nonce-${nonce}'`,
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>${svg}
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>`;
}

/** Read which line a message of the page asks for, counted from 0; nothing else is believed. */
export function askedLine(message: unknown, lines: number): number | undefined {
  const line = wholeNumber(message, 'line');
  return line !== undefined && line <= lines ? line - 1 : undefined;
}

/** Read how much room a message of the page tells of, in pixels. */
export function toldWidth(message: unknown): number | undefined {
  return wholeNumber(message, 'width');
}

function wholeNumber(message: unknown, name: string): number | undefined {
  const value = (message as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 ? value : undefined;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
