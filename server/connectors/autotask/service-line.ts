import { addDays, addMonths, type CalendarDate } from '../../domain/dates.ts';
import { add, compare, isZero, negate, normalized, subtract } from '../../domain/decimal.ts';
import { rawNumber } from '../../domain/json.ts';
import { refusal, unsent } from '../kit/written.ts';
import type { ServiceBody } from './body.ts';
import { type Made, servicesOf } from './charge-line.ts';
import { type Client, equals, idValue } from './client.ts';
import { isSameDay } from './faults.ts';
import { contractMonths, dayShiftsMax } from './limits.ts';
import { partOf, standingOf } from './map.ts';
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

/** One dated change that is still to be made. */
export interface Change {
  from: CalendarDate;
  unitChange: string;
  unitPrice: string;
}
export interface Now {
  quantity: string;
  unitPrice: string;
  units: readonly Unit[];
}

/**
 * The dated changes that bring a service to its steps, none where it came there already; null where it
 * stands neither where it was nor on the way, so that somebody changed it. A step counts as taken on its
 * day or on the next ones, since one that was late took them. Prices are told by the last one alone.
 */
export function changesLeft(
  { before, steps }: Pick<ServiceBody, 'before' | 'steps'>,
  now: Now,
): Change[] | null {
  const [first] = steps;
  const start = before ?? { quantity: '0', unitPrice: first?.unitPrice ?? '0' };
  if (![start, ...steps].some((state) => isAt(state, now))) return null;
  const ranges = rangesOf(now.units);
  const pricesTold = steps.findLastIndex(
    (step) => compare(step.unitPrice, now.unitPrice) === 0 || isZero(step.quantity),
  );
  const changes: Change[] = [];
  let moved = '0';
  for (const [index, step] of steps.entries()) {
    const next = steps[index + 1]?.from;
    const taken = daysFrom(step.from, dayShiftsMax)
      .filter((day) => next === undefined || day < next)
      // Late only where another change had the day before.
      .filter((day) => isBusyBefore(ranges, step.from, day))
      .find((day) => compare(add(inForce(ranges, day), moved), step.quantity) === 0);
    const had = steps[index - 1]?.unitPrice ?? start.unitPrice;
    const isPriced =
      isZero(step.quantity) || index <= pricesTold || compare(had, step.unitPrice) === 0;
    const isTaken = taken !== undefined && isPriced;
    // A step that was taken stands, unless somebody let it end with another one after it.
    if (
      isTaken &&
      (next !== undefined || isAt(step, { ...now, quantity: add(now.quantity, moved) }))
    )
      continue;
    if (!isTaken) {
      const unitChange = subtract(step.quantity, add(inForce(ranges, step.from), moved));
      changes.push({ from: step.from, unitChange, unitPrice: step.unitPrice });
      moved = add(moved, unitChange);
    }
    // What was to begin after this step does not any more.
    for (const { from, change } of changesBetween(ranges, taken ?? step.from, next)) {
      changes.push({ from, unitChange: negate(change), unitPrice: step.unitPrice });
      moved = subtract(moved, change);
    }
  }
  return changes;
}

const isAt = (state: { quantity: string; unitPrice: string }, now: Now): boolean =>
  compare(state.quantity, now.quantity) === 0 &&
  (isZero(state.quantity) || compare(state.unitPrice, now.unitPrice) === 0);

interface Range {
  from: CalendarDate;
  quantity: string;
}
const rangesOf = (units: readonly Unit[]): Range[] =>
  units
    .map(({ startDate, units: quantity }) => ({ from: startDate, quantity }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
const inForce = (ranges: readonly Range[], day: CalendarDate): string =>
  ranges.findLast(({ from }) => from <= day)?.quantity ?? '0';
const daysFrom = (day: CalendarDate, more: number): CalendarDate[] =>
  Array.from({ length: more + 1 }, (_, index) => addDays(day, index));

const isBusyBefore = (ranges: readonly Range[], from: CalendarDate, day: CalendarDate): boolean =>
  daysFrom(from, dayShiftsMax)
    .filter((one) => one < day)
    .every((one) => ranges.some((range) => range.from === one));

/** Changes that stand after a day and before the next step. */
function changesBetween(
  ranges: readonly Range[],
  after: CalendarDate,
  before: CalendarDate | undefined,
): { from: CalendarDate; change: string }[] {
  return ranges.flatMap(({ from, quantity }, index) => {
    const change = subtract(quantity, ranges[index - 1]?.quantity ?? '0');
    const isBetween = from > after && (before === undefined || from < before);
    return isBetween && !isZero(change) ? [{ from, change }] : [];
  });
}

async function moveOn(options: Options, service: ContractService): Promise<Made> {
  const { client, body, currency } = options;
  const now = await readStanding(client, service, currency).catch(unsent);
  if ('status' in now) return now;
  const changes = changesLeft(body, now);
  if (changes === null)
    return refusal(
      `The service has ${now.quantity} units at ${normalized(now.unitPrice)}: somebody changed it. Nothing was written over it.`,
    );
  if (changes.length === 0) return { status: 'there', id: service.id };
  const extended = await reachable(options);
  if (extended !== null) return extended;
  const warnings: string[] = [];
  for (const change of changes) {
    const done = await adjust(client, service, change);
    if (done.status === 'failed') return done;
    warnings.push(...(done.status === 'done' ? (done.warnings ?? []) : []));
  }
  return { status: 'done', id: service.id, warnings };
}

/** One adjustment a day and service: where the day is taken, the next one. */
async function adjust(
  client: Client,
  service: ContractService,
  { from, unitChange, unitPrice }: Change,
): Promise<Made> {
  let last: Made = refusal('No day was free for the change.');
  for (let shift = 0; shift <= dayShiftsMax; shift += 1) {
    last = await client.write({
      method: 'POST',
      path: 'ContractServiceAdjustments',
      body: {
        contractServiceID: idValue(service.id),
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
