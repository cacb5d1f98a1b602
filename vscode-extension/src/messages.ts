/** What the extension says, as plain functions of what it knows. */
import type { Candidate, Choice } from './discovery';

/** The server's answer to `pipelint/status`. */
export interface FileStatus {
  kind: string;
  checked: boolean;
  /** Why the file is or is not treated as a pipeline. */
  reason: string;
  problems: number;
  suppressed: number;
  /** Which YAML parser runs: `c` or `pure`. */
  parser: string;
  /** The configuration that holds for the file, or empty. */
  config: string;
  /** What else there is to know, such as settings that are not trusted. */
  notes?: readonly string[];
}

export interface StatusText {
  text: string;
  detail: string;
  isWarning: boolean;
}

/** Say in a few words what pipelint makes of the file. */
export function describeStatus(status: FileStatus, version: string): StatusText {
  const isSlow = status.parser === 'pure';
  const text = describeKind(status);
  const parts = [
    status.reason === text ? '' : status.reason,
    status.checked ? describeProblems(status) : '',
    status.config,
    `pipelint ${version}`,
    `YAML parser: ${isSlow ? 'pure Python, slow on large files' : 'libyaml'}`,
    ...(status.notes ?? []),
  ];
  return {
    text,
    detail: parts.filter(Boolean).join(' · '),
    isWarning: status.checked && isSlow,
  };
}

function describeProblems({ problems, suppressed }: FileStatus): string {
  const found = problems === 1 ? '1 problem' : `${problems || 'no'} problems`;
  return suppressed ? `${found}, ${suppressed} ignored` : found;
}

function describeKind(status: FileStatus): string {
  if (status.kind === 'unknown') return 'not a pipeline';
  const [dialect = '', ...rest] = status.kind.split('-');
  const name = [dialect.charAt(0).toUpperCase() + dialect.slice(1), ...rest].join(' ');
  return status.checked ? name : `${name}, not checked`;
}

/** Say the one thing that helps where no server can be run. */
export function explainAbsence(choice: Choice, trusted: boolean): string {
  const tooOld = choice.rejected.find(({ problem }) => problem.includes('needs Python'));
  if (tooOld)
    return `pipelint ${tooOld.problem}. Install a newer one, or name one in the settings.`;
  const hasPython = choice.rejected.some(({ candidate }) => candidate.origin === 'bundled');
  if (hasPython) return 'pipelint could not be started. The log says what was tried.';
  const where = trusted ? 'in `.venv` or on PATH' : 'on PATH (this workspace is not trusted)';
  return `pipelint needs Python 3.10 or later and found none ${where}. Install it, or name one in the settings.`;
}

/** Describe a candidate in a line of the log. */
export function describeCandidate(candidate: Candidate): string {
  return `${candidate.origin}: ${[candidate.command, ...candidate.args].join(' ')}`;
}
