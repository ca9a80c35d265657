import { type Document, type Line, readChanges } from '../../bookkeeper/xero-journal.ts';
import type { Law } from './law.ts';

/** What people wrote in Xero themselves goes back unchanged with every write of ours. */
export const theirLaws: readonly Law[] = [
  {
    name: 'foreign-lines-stay',
    broken: ({ world, organisation }) =>
      readChanges(world.systems.xero.journal(), organisation).flatMap(({ byApp, before, after }) =>
        !byApp || before === null || isGone(after)
          ? []
          : before.lines
              .filter(
                (line) => isForeign(line) && !after.lines.some((other) => isSame(line, other)),
              )
              .map((line) => `"${line.description ?? ''}" of ${after.number} was changed`),
      ),
  },
];

const isGone = ({ status }: Document): boolean => status === 'DELETED' || status === 'VOIDED';
const isForeign = ({ description }: Line): boolean => !/\[LP[0-9A-Z]{16}\]/.test(description ?? '');
const isSame = (a: Line, b: Line): boolean =>
  a.lineItemId === b.lineItemId &&
  a.description === b.description &&
  a.lineAmount === b.lineAmount &&
  a.quantity === b.quantity;
