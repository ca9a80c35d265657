import type { ConnectionId } from '../../domain/ids.ts';
import { type Link, type Portion, portionId, wholePortion } from '../../domain/link.ts';
import type { Reader } from '../../domain/ports/store.ts';

/** Generations of one charge that are looked at; a charge corrected more often stops for a person. */
export const generationsMax = 50;

/** What is written of a charge, over all its generations. */
export interface LinkState {
  /** The line that carries the charge now; null while nothing does. */
  live: Link | null;
  /** The portion that a new line would carry. */
  next: Portion;
  all: readonly Link[];
}

/** What was written of each line that stays open, by its mark; indexed on the first question only. */
export function stepFinder(
  reader: Reader,
  connectionId: ConnectionId,
): (marker: string) => readonly Link[] {
  let byMarker: Map<string, Link[]> | null = null;
  return (marker) => {
    byMarker ??= Map.groupBy(
      reader
        .list('link')
        .filter((link) => link.connectionId === connectionId && link.step !== undefined),
      ({ step }) => step?.marker ?? '',
    );
    return byMarker.get(marker) ?? [];
  };
}

export function linkStateOf(reader: Reader, chargeKey: string): LinkState {
  const all: Link[] = [];
  let live: Link | null = null;
  let generation = 1;
  for (; generation <= generationsMax; generation += 1) {
    const charge = reader.get('link', portionId(chargeKey, { ...wholePortion, generation }));
    if (charge === null) break;
    const reversal = reader.get(
      'link',
      portionId(chargeKey, { instalment: 0, generation, sign: -1 }),
    );
    all.push(charge, ...(reversal === null ? [] : [reversal]));
    const reversed = reversal !== null && reversal.state === 'live';
    if (charge.state === 'live' && !reversed) live = charge;
  }
  return { live, next: { ...wholePortion, generation }, all };
}
