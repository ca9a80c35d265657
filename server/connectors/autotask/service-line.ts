import { addDays, addMonths } from '../../domain/dates.ts';
import { compare, normalized, subtract } from '../../domain/decimal.ts';
import type { StandingStep } from '../../domain/document.ts';
import { rawNumber } from '../../domain/json.ts';
import type { ServiceBody } from './body.ts';
import { type Made, servicesOf } from './charge-line.ts';
import { type Client, equals, idValue } from './client.ts';
import { isSameDay } from './faults.ts';
import { contractMonths, dayShiftsMax } from './limits.ts';
import { partOf, standingOf } from './map.ts';
import { refusal, unsent } from './results.ts';
import {
  type Contract,
  type ContractService,
  type Currency,
  type Unit,
  unitSchema,
} from './schema.ts';

const descriptionMax = 1000;

interface Options {
  client: Client;
  contract: Contract;
  currency: Currency;
  body: ServiceBody;
}

/**
 * Brings a contract service to its last step, whatever part of the way it stands: made where it is not
 * there (it starts with 0 units), then one dated adjustment a step. Adjustments can only be created and
 * never read, so how far it came is told by units and price. Nothing is done twice, and a service that
 * stands neither where it was nor on the way is left to a person.
 */
export async function ensureService(options: Options): Promise<Made> {
  const { client, contract, body } = options;
  const found = await servicesOf(client, contract.id, body).catch(unsent);
  if ('status' in found) return found;
  const [service, other] = found.records;
  if (other !== undefined)
    return refusal(
      `Several services of the contract carry ${body.marker}. Remove the mark from one.`,
    );
  if (service !== undefined) return moveOn(options, service);
  if (body.lineId !== null) return refusal('The service is no longer on the contract.');
  const item = partOf(body.itemId ?? '');
  const [first] = body.steps;
  if (item.kind !== 'service' || first === undefined)
    return refusal(
      'A recurring fee needs a service. Map the product to a service, not to a product.',
    );
  const extended = await reachable(options);
  if (extended !== null) return extended;
  const made = await client.write({
    method: 'POST',
    path: `Contracts/${contract.id}/Services`,
    body: {
      serviceID: idValue(item.id),
      internalDescription: body.marker,
      invoiceDescription: body.description.slice(0, descriptionMax),
      adjustedPrice: rawNumber(first.unitPrice),
    },
  });
  if (made.status === 'failed') return made;
  const again = await servicesOf(client, contract.id, {
    lineId: `service:${made.id}`,
    marker: body.marker,
  }).catch(unsent);
  if ('status' in again) return { ...again, certainty: 'unknown' };
  const [own] = again.records;
  return own === undefined
    ? refusal('The service was made and cannot be read: a right of the API user is missing.')
    : moveOn(options, own);
}

/** Units and price of a service now, and from which days they hold. */
export async function readStanding(client: Client, service: ContractService, currency: Currency) {
  const { records } = await client.query('ContractServiceUnits', unitSchema, [
    equals('contractServiceID', idValue(service.id)),
  ]);
  return { ...standingOf(service, records, currency), units: records };
}

/**
 * How many steps a service has taken: -1 before the first, null where it stands somewhere else. A step
 * that stands as `before` did counts only where a range of units begins on its day.
 */
export function stepsTaken(
  { before, steps }: Pick<ServiceBody, 'before' | 'steps'>,
  now: { quantity: string; unitPrice: string; units: readonly Unit[] },
): number | null {
  const stands = (state: { quantity: string; unitPrice: string }): boolean =>
    compare(state.quantity, now.quantity) === 0 &&
    (compare(state.unitPrice, now.unitPrice) === 0 || compare(state.quantity, '0') === 0);
  const start = before ?? { quantity: '0', unitPrice: steps[0]?.unitPrice ?? '0' };
  for (let at = steps.length - 1; at >= 0; at -= 1) {
    const step = steps[at];
    if (step === undefined || !stands(step)) continue;
    const isTold = now.units.some(({ startDate }) => isNear(startDate, step));
    if (isTold || !stands(start)) return at;
  }
  return stands(start) ? -1 : null;
}
const isNear = (day: string, { from }: StandingStep): boolean =>
  day >= from && day <= addDays(from, dayShiftsMax);

async function moveOn(options: Options, service: ContractService): Promise<Made> {
  const { client, body, currency } = options;
  const now = await readStanding(client, service, currency).catch(unsent);
  if ('status' in now) return now;
  const taken = stepsTaken(body, now);
  if (taken === null)
    return refusal(
      `The service has ${now.quantity} units at ${normalized(now.unitPrice)}: somebody changed it. Nothing was written over it.`,
    );
  const extended = await reachable(options);
  if (extended !== null) return extended;
  let quantity = now.quantity;
  for (const step of body.steps.slice(taken + 1)) {
    const done = await adjust(client, service, step, quantity);
    if (done.status === 'failed') return done;
    quantity = step.quantity;
  }
  return { status: taken === body.steps.length - 1 ? 'there' : 'done', id: service.id };
}

/** One adjustment a day and service: where the day is taken, the next one. */
async function adjust(
  client: Client,
  service: ContractService,
  step: StandingStep,
  quantity: string,
): Promise<Made> {
  let last: Made = refusal('No day was free for the change.');
  for (let shift = 0; shift <= dayShiftsMax; shift += 1) {
    last = await client.write({
      method: 'POST',
      path: 'ContractServiceAdjustments',
      body: {
        contractServiceID: idValue(service.id),
        effectiveDate: `${addDays(step.from, shift)}T00:00:00`,
        unitChange: rawNumber(subtract(step.quantity, quantity)),
        adjustedUnitPrice: rawNumber(step.unitPrice),
      },
    });
    const isTaken =
      last.status === 'failed' && last.certainty === 'refused' && isSameDay(last.failure);
    if (!isTaken) return last;
  }
  return last;
}

/** "The effectiveDate must lie between the contract's start and end": the end is moved first. */
async function reachable({ client, contract, body }: Options): Promise<Made | null> {
  const last = body.steps.at(-1)?.from ?? contract.endDate;
  if (last <= contract.endDate) return null;
  const moved = await client.write({
    method: 'PATCH',
    path: 'Contracts',
    body: {
      id: idValue(contract.id),
      endDate: `${addDays(addMonths(last, contractMonths), -1)}T00:00:00`,
    },
  });
  return moved.status === 'failed' ? moved : null;
}
