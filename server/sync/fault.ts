import { AppError } from '../domain/errors.ts';

const faultMax = 200;

/**
 * A thrown thing in a line that support can work with: its kind and the place in our code. Never its
 * message, which could hold anything.
 */
export function faultOf(error: unknown): string {
  if (error instanceof AppError) return error.code;
  if (!(error instanceof Error)) return typeof error;
  const place = error.stack
    ?.split('\n')
    .map((line) => /^\s*at (?:(\S+) \()?\S*?\/((?:server|test)\/[\w./-]+:\d+)/.exec(line))
    .find((found) => found !== null);
  const where = place ? ` in ${place[1] ?? 'the code'} (${place[2]})` : '';
  return `${error.name}${where}`.slice(0, faultMax);
}
