import { addDays, addMonths } from '../../domain/dates.ts';
import { normalized } from '../../domain/decimal.ts';
import { rawNumber } from '../../domain/json.ts';
import { refusal } from '../kit/written.ts';
import type { ServiceBody } from './body.ts';
import { type Client, idValue } from './client.ts';
import { isSameDay } from './faults.ts';
import { contractMonths, dayShiftsMax } from './limits.ts';
import { type ContractState, partOf, standingOf } from './map.ts';
import type { Made, Place } from './place.ts';
import type { ContractService } from './schema.ts';
import { type Change, changesLeft, type Now } from './service-steps.ts';

const descriptionMax = 1000;

/**
 * Brings a contract service to its last step, whatever part of the way it stands: made where it is not
 * there (it starts with 0 units), then one dated adjustment a step. Adjustments can only be created and
 * never read, so how far it came is told by units and price. Nothing is done twice, and a service that
 * stands neither where it was nor on the way is left to a person.
 */
export async function ensureService(place: Place, body: ServiceBody): Promise<Made> {
  const { client, state } = place;
  const [service, other] = servicesOf(state, body);
  if (other !== undefined)
    return refusal(
      `Several services of the contract carry ${body.marker}. Remove the mark from one.`,
    );
  if (service !== undefined)
    return moveOn(place, body, { id: service.id, ...nowOf(state, service) });
  if (body.lineId !== null) return refusal('The service is no longer on the contract.');
  const item = partOf(body.itemId ?? '');
  const [first] = body.steps;
  if (item.kind !== 'service' || first === undefined)
    return refusal(
      'A recurring fee needs a service. Map the product to a service, not to a product.',
    );
  const extended = await reachable(place, body);
  if (extended !== null) return extended;
  const made = await client.write({
    method: 'POST',
    path: `Contracts/${state.contract.id}/Services`,
    body: {
      serviceID: idValue(item.id),
      internalDescription: body.marker,
      invoiceDescription: body.description.slice(0, descriptionMax),
      adjustedPrice: rawNumber(first.unitPrice),
    },
  });
  return made.status === 'failed'
    ? made
    : moveOn(place, body, {
        id: made.id,
        quantity: '0',
        unitPrice: first.unitPrice,
        units: [],
      });
}

/** The services of a contract that carry the mark, or the one named. */
export const servicesOf = (
  { services }: Pick<ContractState, 'services'>,
  { lineId, marker }: Pick<ServiceBody, 'lineId' | 'marker'>,
): ContractService[] =>
  services.filter(({ id, internalDescription }) =>
    lineId === null ? internalDescription?.includes(marker) === true : id === partOf(lineId).id,
  );

/** Units and price of a service, and from which days they hold. */
export function nowOf({ units, currency }: ContractState, service: ContractService): Now {
  const own = units.filter(({ contractServiceID }) => contractServiceID === service.id);
  return { ...standingOf(service, own, currency), units: own };
}

async function moveOn(place: Place, body: ServiceBody, now: Now & { id: string }): Promise<Made> {
  const changes = changesLeft(body, now);
  if (changes === null)
    return refusal(
      `The service has ${now.quantity} units at ${normalized(now.unitPrice)}: somebody changed it. Nothing was written over it.`,
    );
  if (changes.length === 0) return { status: 'there', id: now.id };
  const extended = await reachable(place, body);
  if (extended !== null) return extended;
  const warnings: string[] = [];
  for (const change of changes) {
    const done = await adjust(place.client, now.id, change);
    if (done.status === 'failed') return done;
    warnings.push(...(done.status === 'done' ? (done.warnings ?? []) : []));
  }
  return { status: 'done', id: now.id, warnings };
}

/** One adjustment a day and service: where the day is taken, the next one. */
async function adjust(
  client: Client,
  serviceId: string,
  { from, unitChange, unitPrice }: Change,
): Promise<Made> {
  let last: Made = refusal('No day was free for the change.');
  for (let shift = 0; shift <= dayShiftsMax; shift += 1) {
    last = await client.write({
      method: 'POST',
      path: 'ContractServiceAdjustments',
      body: {
        contractServiceID: idValue(serviceId),
        effectiveDate: `${addDays(from, shift)}T00:00:00`,
        unitChange: rawNumber(unitChange),
        adjustedUnitPrice: rawNumber(unitPrice),
      },
    });
    const isTaken =
      last.status === 'failed' && last.certainty === 'refused' && isSameDay(last.failure);
    if (isTaken) continue;
    if (last.status !== 'done' || shift === 0) return last;
    const day = addDays(from, shift);
    return {
      ...last,
      warnings: [
        `Autotask takes one change a day of a service, and ${from} had one: this one holds from ${day}. What is billed for the days between is as it was before.`,
      ],
    };
  }
  return last;
}

/** "The effectiveDate must lie between the contract's start and end": the end is moved first. */
async function reachable(place: Place, { steps }: ServiceBody): Promise<Made | null> {
  const last = steps.at(-1)?.from ?? place.endDate;
  if (last <= place.endDate) return null;
  const endDate = addDays(addMonths(last, contractMonths), -1);
  const moved = await place.client.write({
    method: 'PATCH',
    path: 'Contracts',
    body: { id: idValue(place.state.contract.id), endDate: `${endDate}T00:00:00` },
  });
  if (moved.status === 'failed') return moved;
  place.endDate = endDate;
  return null;
}
