/** Versions of the server, as it prints them: `pipelint 0.2.0`. */

/** Return the first version in a text. */
export function readVersion(text: string): string | undefined {
  return /\b\d+\.\d+(?:\.\d+)?(?:[a-z.+-]+\d+)*/.exec(text)?.[0];
}

/** Tell whether a version comes before another; what stands behind the third number is left out. */
export function isOlder(version: string, minimum: string): boolean {
  const [one, other] = [numbers(version), numbers(minimum)];
  for (const place of [0, 1, 2]) {
    const difference = (one[place] ?? 0) - (other[place] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function numbers(version: string): number[] {
  return version.split(/[.+-]/, 3).map((part) => Number.parseInt(part, 10) || 0);
}
