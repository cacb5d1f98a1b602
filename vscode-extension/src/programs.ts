/** Finding programs by name, without leaving the choice to a shell or to the current folder. */
import * as path from 'node:path';

export interface Machine {
  platform: NodeJS.Platform;
  /** The value of `PATH`. */
  path: string;
  /** The value of `PATHEXT`; only Windows has one. */
  extensions: string;
  isFile(file: string): boolean;
}

export function pathsOf(platform: NodeJS.Platform): path.PlatformPath {
  return platform === 'win32' ? path.win32 : path.posix;
}

/** Tell whether a file lies in a folder or is it; Windows does not tell `C:` from `c:`. */
export function isInside(file: string, folder: string, platform: NodeJS.Platform): boolean {
  const { relative, isAbsolute } = pathsOf(platform);
  const way = relative(folder, file);
  return !isAbsolute(way) && way !== '..' && !/^\.\.[\\/]/.test(way);
}

/**
 * Return the folders of `PATH`. A relative one would mean something else in each folder, and a
 * pipeline that was just cloned must not bring the program that reads it: `outside` leaves out
 * what lies in these folders.
 */
export function searchFolders(machine: Machine, outside: readonly string[] = []): string[] {
  const { delimiter, isAbsolute } = pathsOf(machine.platform);
  return machine.path
    .split(delimiter)
    .map((entry) => entry.trim().replace(/^"(.*)"$/, '$1'))
    .filter((entry) => isAbsolute(entry))
    .filter((entry) => !outside.some((folder) => isInside(entry, folder, machine.platform)));
}

/** Return the first program of this name in these folders as an absolute path. */
export function findProgram(
  name: string,
  folders: readonly string[],
  machine: Machine,
): string | undefined {
  const { join } = pathsOf(machine.platform);
  for (const folder of folders) {
    const found = endings(machine)
      .map((ending) => join(folder, name + ending))
      .find((file) => machine.isFile(file));
    if (found) return found;
  }
  return undefined;
}

/** Batch files need a shell, and a shell reads their arguments once more: only real programs. */
function endings(machine: Machine): string[] {
  if (machine.platform !== 'win32') return [''];
  const known = machine.extensions.toLowerCase().split(';');
  return ['.exe', '.com'].filter((ending) => known.includes(ending));
}

/** Return the folder of programs in a virtual environment. */
export function environmentFolder(folder: string, platform: NodeJS.Platform): string {
  return pathsOf(platform).join(folder, '.venv', platform === 'win32' ? 'Scripts' : 'bin');
}
