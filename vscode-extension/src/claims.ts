/**
 * Which files are ours, for the YAML extension: there it has a schema that says nothing, so that
 * keys are not offered twice, by two who know different ones.
 */
import type { FileStatus } from './messages';

/** The scheme of the schema's URI; the YAML extension finds its contributor by that. */
export const SCHEME = 'pipelint';
const SCHEMA = `${SCHEME}://schema/pipeline`;
/** Anything is valid, and nothing is known of it: nothing is offered, nothing is said. */
const NOTHING = '{}';
/** Until the server has said what a file is, its path does. */
const PATHS = /(\/\.harness\/.+|\/\.vela)\.ya?ml$/;

export class Claims {
  /** Without a server of ours the files are left to others. */
  isServed = true;
  private readonly known = new Map<string, boolean>();

  /** Take what the server says of a file; it says nothing of one that it does not have open. */
  learn(uri: string, status: Partial<FileStatus> | undefined): void {
    if (status?.checked !== undefined) this.known.set(uri, status.checked);
  }

  forget(uri: string): void {
    this.known.delete(uri);
  }

  /** Return the schema of a file that is ours; undefined where others decide. */
  schemaOf(uri: string): string | undefined {
    const isOurs = this.known.get(uri) ?? PATHS.test(uri);
    return this.isServed && isOurs ? SCHEMA : undefined;
  }

  contentOf(schema: string): string | undefined {
    return schema === SCHEMA ? NOTHING : undefined;
  }
}
