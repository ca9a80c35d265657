import type { LineKind } from '../billing/line-kind.ts';
import { afterStep, timelineOf } from '../billing/timeline.ts';
import { numberUnits } from '../billing/units.ts';
import { dateOfField, flagOf, type Row, type Value, wholeOf } from '../row.ts';
import type { World } from '../world.ts';
import { recurringErrors } from './contract-line.ts';
import type { Creating, Rules, Work } from './work.ts';

/** Dated changes of units and price; created only, never changed or deleted (help: ContractServiceAdjustments). */
export const adjustmentRules = (kind: LineKind): Rules => ({
  create: (work, creating) => {
    const { values } = creating;
    const named = lineOf(work.world, kind, values);
    const contractId = named ? wholeOf(named, 'contractID') : values.contractID;
    if (named && typeof values.contractID === 'number' && values.contractID !== contractId)
      return [`The ${kind.lineField} does not belong to the contract.`];
    // "contractServiceID, or contractID and serviceID" (help: special field attributes).
    if (!named && (typeof contractId !== 'number' || typeof values[kind.offerField] !== 'number'))
      return [`Missing Required Field: ${kind.lineField}, or contractID and ${kind.offerField}.`];
    const refusals = [
      ...recurringErrors(work.world, contractId),
      ...dateErrors(work.world, contractId, values.effectiveDate),
      ...(named ? lineErrors(work.world, kind, { line: named, values }) : unitErrors(0, values)),
    ];
    if (refusals.length > 0) return refusals;
    if (!kind.adjustsPrice) values.adjustedUnitPrice = null;
    values.unitChange ??= 0;
    const line = named ?? addLine(work, kind, creating);
    values[kind.lineField] = line.id;
    values[kind.offerField] = line.values[kind.offerField] ?? null;
    values.contractID = contractId ?? null;
    return [];
  },
  created: ({ world }, row) => numberUnits(world, kind, wholeOf(row, kind.lineField)),
});

/** The line that an adjustment speaks of: named, or found by contract and service unless a repeated one is wanted. */
function lineOf(world: World, kind: LineKind, values: Record<string, Value>): Row | undefined {
  const lineId = values[kind.lineField];
  if (typeof lineId === 'number') return world.tables.get(kind.lines, lineId);
  if (values[kind.repeatField] === true) return undefined;
  return world.tables
    .all(kind.lines)
    .find(
      (line) =>
        line.values.contractID === values.contractID &&
        line.values[kind.offerField] === values[kind.offerField],
    );
}

/**
 * "If the API cannot find the correct ContractService entity, it will create it" (help: ContractServiceAdjustments, general).
 */
function addLine({ world, actor }: Work, kind: LineKind, { values }: Creating): Row {
  const line = world.tables.add(kind.lines, {
    values: {
      contractID: values.contractID ?? null,
      [kind.offerField]: values[kind.offerField] ?? null,
      startingPrice: null,
    },
    udfs: {},
  });
  const kindName = `${kind.lineModel.charAt(0).toLowerCase()}${kind.lineModel.slice(1)}`;
  const data = { entity: kind.lines, row: { ...line.values }, byAdjustment: true };
  world.record({ kind: `${kindName}.created`, actor, data });
  return line;
}

/** The effective date lies between the contract's start and end: extend the contract first (seen by clients of the live API). */
function dateErrors(
  world: World,
  contractId: Value | undefined,
  date: Value | undefined,
): string[] {
  const contract = world.tables.get(
    'Contracts',
    typeof contractId === 'number' ? contractId : undefined,
  );
  if (!contract || typeof date !== 'string') return [];
  const [start, end, day] = [
    dateOfField(contract, 'startDate') ?? '',
    dateOfField(contract, 'endDate') ?? '',
    date.slice(0, 10),
  ];
  return day >= start && day <= end
    ? []
    : ['The effectiveDate must be within the startDate and endDate of the contract.'];
}

function lineErrors(
  world: World,
  kind: LineKind,
  { line, values }: { line: Row; values: Record<string, Value> },
): string[] {
  const { first, steps } = timelineOf(world, kind, line);
  const date = typeof values.effectiveDate === 'string' ? values.effectiveDate.slice(0, 10) : '';
  const unitChange = typeof values.unitChange === 'number' ? values.unitChange : 0;
  // Words of the live API: two adjustments of one service on one date clash, so one date takes one net change.
  if (isDateTaken(world, kind, { line, date }))
    return ['Attempt to insert duplicate data into contract_service_period.'];
  let standing = first;
  let lowest = Number.POSITIVE_INFINITY;
  for (const step of steps) {
    standing = afterStep(standing, step);
    if (step.date >= date) lowest = Math.min(lowest, standing.units);
  }
  const before = steps.filter((step) => step.date < date).reduce(afterStep, first);
  return unitErrors(Math.min(lowest, before.units), { unitChange });
}

function isDateTaken(
  world: World,
  kind: LineKind,
  { line, date }: { line: Row; date: string },
): boolean {
  return world.tables
    .all(kind.adjustments)
    .some(
      (row) =>
        row.values[kind.lineField] === line.id &&
        dateOfField(row, 'effectiveDate') === date &&
        !flagOf(row, 'isPriceEdit'),
    );
}

/** Units never fall below none, on the date itself and on every later one. */
function unitErrors(units: number, { unitChange }: Record<string, Value>): string[] {
  return units + (typeof unitChange === 'number' ? unitChange : 0) < 0
    ? ['The unitChange would make the number of units less than zero.']
    : [];
}
