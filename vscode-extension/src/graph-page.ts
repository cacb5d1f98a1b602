/** The page that shows a graph: an image in a page that may load nothing and run nothing. */

const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/** As an image, whatever stands in the SVG, scripts and links do nothing. */
export function graphPage(svg: string, title: string): string {
  const data = Buffer.from(svg, 'utf8').toString('base64');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escape(title)}</title>
<style>body { background: white; } img { max-width: 100%; }</style>
</head>
<body><img alt="${escape(title)}" src="data:image/svg+xml;base64,${data}"></body>
</html>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
