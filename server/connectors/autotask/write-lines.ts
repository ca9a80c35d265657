import { refusal } from '../kit/written.ts';
import type { LineBody } from './body.ts';
import { ensureCharge, removeCharge } from './charge-line.ts';
import type { Client } from './client.ts';
import type { ContractState } from './map.ts';
import type { Made, Place } from './place.ts';
import { ensureService } from './service-line.ts';

/**
 * Lines of one contract, one after the other. A refusal ends the group: charges that it made are taken
 * back, what came after is refused with the same words. A service that was changed stays, since an
 * adjustment cannot be deleted; charges come first, so that only a service's own refusal comes after one.
 */
export async function writeLines(
  client: Client,
  state: ContractState,
  bodies: readonly LineBody[],
): Promise<Made[]> {
  const place: Place = { client, state, endDate: state.contract.endDate };
  const results: Made[] = [];
  let stopped: Extract<Made, { status: 'failed' }> | null = null;
  for (const body of bodies) {
    const result: Made = stopped ?? (await writeLine(place, body));
    results.push(result);
    if (result.status === 'failed') stopped = result;
  }
  if (stopped?.certainty === 'refused')
    for (const [index, body] of bodies.entries()) {
      const result = results[index];
      if (body.kind !== 'charge' || result?.status !== 'done') continue;
      const undone = await removeCharge(client, state.contract.id, `charge:${result.id}`);
      if (undone.status === 'done') results[index] = stopped;
    }
  return results;
}

async function writeLine(place: Place, body: LineBody): Promise<Made> {
  switch (body.kind) {
    case 'charge':
      return ensureCharge(place, body);
    case 'service':
      return ensureService(place, body);
    case 'remove':
      return body.lineId.startsWith('charge:')
        ? removeCharge(place.client, place.state.contract.id, body.lineId)
        : refusal('A service cannot be deleted from a contract. It is ended with a date.');
    default:
      return body satisfies never;
  }
}
