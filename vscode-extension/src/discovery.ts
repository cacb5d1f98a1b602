/** Which server to run: an ordered list of candidates, and the first of them that answers. */
import { environmentFolder, findProgram, pathsOf, searchFolders, type Machine } from './programs';
import { isOlder } from './version';

export type Origin = 'setting' | 'workspace' | 'PATH' | 'bundled';

export interface Candidate {
  origin: Origin;
  /** An absolute path: a bare name would be looked for in the current folder on Windows. */
  command: string;
  /** What stands before the arguments of pipelint. */
  args: readonly string[];
}

export interface Surroundings extends Machine {
  trusted: boolean;
  home: string;
  /** The folders of the workspace, as paths of this system. */
  folders: readonly string[];
  settings: {
    path: string;
    interpreter: string;
    importStrategy: string;
  };
  /** The script that runs the bundled pipelint. */
  script: string;
}

/** What a candidate said when it was asked for its version. */
export type Answer = { version: string } | { problem: string };
export type Probe = (candidate: Candidate) => Promise<Answer>;

export interface Rejection {
  candidate: Candidate;
  problem: string;
}

export interface Choice {
  chosen?: Candidate & { version: string };
  rejected: readonly Rejection[];
}

/** List what could be run, best first. */
export function candidates(around: Surroundings): Candidate[] {
  const installed = usesBundledOnly(around) ? [] : installedServers(around);
  const bundled = interpreters(around).map(([command, ...before]) => ({
    origin: 'bundled' as const,
    command,
    // -I: neither the folder of the script nor PYTHONPATH may put something in front of ours.
    args: [...before, '-I', '-X', 'utf8', around.script],
  }));
  return distinct([...installed, ...bundled]);
}

function usesBundledOnly(around: Surroundings): boolean {
  return !around.trusted || around.settings.importStrategy === 'useBundled';
}

function installedServers(around: Surroundings): Candidate[] {
  const servers: Candidate[] = [];
  const add = (origin: Origin, command: string | undefined): void => {
    if (command) servers.push({ origin, command, args: [] });
  };
  add('setting', expand(around.settings.path, around));
  for (const folder of around.folders) {
    add('workspace', inEnvironment('pipelint', folder, around));
  }
  add('PATH', findProgram('pipelint', searchFolders(around), around));
  return servers;
}

/** List Pythons that may run the bundled server: program, then arguments. */
function interpreters(around: Surroundings): [string, ...string[]][] {
  const found: [string, ...string[]][] = [];
  const add = (command: string | undefined, ...args: string[]): void => {
    if (command) found.push([command, ...args]);
  };
  // In an untrusted workspace VS Code answers with the setting of the user, not the workspace's.
  add(expand(around.settings.interpreter, around));
  const own = around.trusted ? around.folders : [];
  for (const folder of own) {
    add(inEnvironment('python', folder, around));
  }
  const folders = searchFolders(around, around.trusted ? [] : around.folders);
  add(findProgram('python3', folders, around));
  add(findProgram('python', folders, around));
  add(findProgram('py', folders, around), '-3');
  return found;
}

function inEnvironment(name: string, folder: string, around: Surroundings): string | undefined {
  return findProgram(name, [environmentFolder(folder, around.platform)], around);
}

/** Make a path of a setting absolute: `~`, `${workspaceFolder}`, relative to the workspace. */
export function expand(value: string, around: Surroundings): string | undefined {
  const { isAbsolute, join } = pathsOf(around.platform);
  const first = around.folders[0];
  const text = value
    .trim()
    .replace(/^~(?=[\\/])/, () => around.home)
    .replaceAll('${workspaceFolder}', () => first ?? '');
  if (!text || isAbsolute(text)) return text || undefined;
  const isName = !/[\\/]/.test(text);
  if (isName) return findProgram(text, searchFolders(around), around) ?? text;
  return first ? join(first, text) : text;
}

function distinct(all: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return all.filter((candidate) => {
    const key = [candidate.command, ...candidate.args].join('\0');
    return !seen.has(key) && seen.add(key);
  });
}

/** Ask one candidate after the other; take the first that answers and is not older than ours. */
export async function choose(
  all: readonly Candidate[],
  probe: Probe,
  minimum: string,
): Promise<Choice> {
  const rejected: Rejection[] = [];
  for (const candidate of all) {
    const answer = await probe(candidate);
    if ('problem' in answer) {
      rejected.push({ candidate, problem: answer.problem });
    } else if (isOlder(answer.version, minimum)) {
      const problem = `version ${answer.version} is older than ${minimum}`;
      rejected.push({ candidate, problem });
    } else {
      return { chosen: { ...candidate, version: answer.version }, rejected };
    }
  }
  return { rejected };
}
