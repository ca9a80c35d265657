import { type Link, portionId } from '../../domain/link.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { ChangedLine } from '../check/snapshots.ts';

/**
 * The standing correction of a line that a person took off or ended with its document: it gives back what
 * nobody is charged any more. Null where there is none, or where the line still stands.
 */
export function correctionLeft(reader: Reader, { link, line }: ChangedLine): Link | null {
  if (line !== null || link.sign === -1) return null;
  const { chargeKey, instalment, generation } = link;
  const correction = reader.get('link', portionId(chargeKey, { instalment, generation, sign: -1 }));
  return correction?.state === 'live' ? correction : null;
}
