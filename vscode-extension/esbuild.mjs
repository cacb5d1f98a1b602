// `--tests` builds the unit tests into out/tests, without it the extension into dist/.
import { readdirSync } from 'node:fs';
import { build } from 'esbuild';

const common = { bundle: true, platform: 'node', target: 'node18', logLevel: 'warning' };

if (process.argv.includes('--tests')) {
  const tests = readdirSync('tests/unit').map((name) => `tests/unit/${name}`);
  await build({ ...common, entryPoints: tests, outdir: 'out/tests' });
} else {
  await build({
    ...common,
    entryPoints: ['src/extension.ts'],
    external: ['vscode'],
    minify: process.argv.includes('--minify'),
    outfile: 'dist/extension.js',
  });
}
