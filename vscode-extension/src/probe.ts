/** Asking a candidate what it is: the one proof that it can be run. */
import { execFile } from 'node:child_process';
import type { Answer, Candidate } from './discovery';
import { readVersion } from './version';

const PATIENCE_MS = 10_000; // the first start after an installation compiles everything

/** Ask for the version, and whether the server came along: it is an extra of pipelint. */
export async function probe(candidate: Candidate, folder: string): Promise<Answer> {
  const [version, server] = await Promise.all([
    run(candidate, ['--version'], folder),
    run(candidate, ['server', '--help'], folder),
  ]);
  return 'problem' in version ? version : 'problem' in server ? server : readAnswer(version.output);
}

export type Outcome = { output: string } | { problem: string };

function run(candidate: Candidate, args: readonly string[], folder: string): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      candidate.command,
      [...candidate.args, ...args],
      { cwd: folder, timeout: PATIENCE_MS, windowsHide: true, encoding: 'utf8' },
      (error, stdout, stderr) => resolve(judge(error, stdout, stderr)),
    );
  });
}

/** Make one line of how a program failed. */
export function judge(error: Error | null, stdout: string, stderr: string): Outcome {
  if (!error) return { output: stdout };
  const lines = (stderr || error.message).trim().split(/\r?\n/);
  // Of a traceback the last line says what happened, of anything else the first.
  const isTraceback = lines[0]?.startsWith('Traceback');
  return { problem: (isTraceback ? lines.at(-1) : lines[0]) ?? 'it failed' };
}

/** Find the version in what `--version` printed. */
export function readAnswer(output: string): Answer {
  const version = readVersion(output);
  return version ? { version } : { problem: 'it printed no version' };
}
