import { equals, negated } from './exact.ts';
import type { HeldLine } from './held.ts';

const corrects = /^Correction of (\S+)/;

/**
 * The lines that still stand for something: one that a later line names and gives back to the coin, as
 * a person left it, for the same customer, stands for nothing any more, and neither does the one that
 * gave it back.
 */
export function withoutCorrected(
  lines: readonly HeldLine[],
  /** Whether a correction that names a document is about a line. */
  isNamed: (number: string, line: HeldLine, correction: HeldLine) => boolean = (number, line) =>
    line.number === number,
): HeldLine[] {
  const gone = new Set<string>();
  for (const correction of lines) {
    const number = corrects.exec(correction.text)?.[1];
    if (number === undefined) continue;
    const original = lines.find(
      (line) =>
        line !== correction &&
        !gone.has(line.id) &&
        isNamed(number, line, correction) &&
        line.contact === correction.contact &&
        line.currency === correction.currency &&
        equals(line.stands, negated(correction.amount)),
    );
    if (original === undefined) continue;
    gone.add(original.id);
    gone.add(correction.id);
  }
  return lines.filter(({ id }) => !gone.has(id));
}
