import { internalOf } from '../billing/currency.ts';
import { LINE_KINDS, type LineKind } from '../billing/line-kind.ts';
import { periodsOf } from '../billing/periods.ts';
import { numberUnits } from '../billing/units.ts';
import { amountOf, type Row, type Value } from '../row.ts';
import { RECURRING_SERVICE } from '../schema/picklists.ts';
import type { World } from '../world.ts';
import type { Rules } from './work.ts';

/** Contracts (help: Contracts, conditions and requirements; special field attributes). */
export const contractRules: Rules = {
  create: (_work, { values }) => {
    values.isDefaultContract ??= false;
    values.billingPreference ??= 2;
    values.setupFee ??= null;
    return [...dateErrors(values), ...periodErrors(values)];
  },
  change: ({ world }, { row, values, changed }) => {
    const errors = dateErrors(values);
    // The periods hang on the start: it stays once one of them was posted.
    if (changed.startDate !== undefined && isAnyPosted(world, row))
      errors.push('The startDate cannot be changed: the contract has posted billing items.');
    return errors;
  },
  changed: ({ world }, row) => {
    for (const kind of LINE_KINDS)
      for (const line of linesOf(world, kind, row)) numberUnits(world, kind, line.id);
  },
  derive: (world, row) => {
    const fee = amountOf(row, 'setupFee');
    return { internalCurrencySetupFee: fee ? internalOf(world, row, fee) : null };
  },
};

function dateErrors({ startDate, endDate }: Record<string, Value>): string[] {
  const isOrdered =
    typeof startDate !== 'string' || typeof endDate !== 'string' || startDate <= endDate;
  return isOrdered ? [] : ['The endDate must be on or after the startDate.'];
}

/** "contractPeriodType is required on Recurring Service contracts" (help: Contracts, contractPeriodType). */
function periodErrors({ contractType, contractPeriodType }: Record<string, Value>): string[] {
  const isMissing = contractPeriodType === undefined || contractPeriodType === null;
  return contractType === RECURRING_SERVICE && isMissing
    ? ['Missing Required Field: contractPeriodType.']
    : [];
}

function isAnyPosted(world: World, contract: Row): boolean {
  return LINE_KINDS.some((kind) =>
    linesOf(world, kind, contract).some(({ id: lineId }) =>
      periodsOf(contract).some(({ start }) =>
        world.posted.get({ lines: kind.lines, lineId, start }),
      ),
    ),
  );
}

const linesOf = ({ tables }: World, { lines }: LineKind, contract: Row): Row[] =>
  tables.all(lines).filter(({ values }) => values.contractID === contract.id);
