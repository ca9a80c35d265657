import { NumberText } from '../../json.ts';
import { flagOf, textOf, type Value, wholeOf } from '../row.ts';
import type { World } from '../world.ts';
import { defaultOf } from './company.ts';
import { type FieldError, invalid, type Rules } from './work.ts';

const ONE_OF = 'recurringBillCycle or recurringOneTimeFlag is required.';

export const catalogRules: Rules = {
  create: ({ world }, { values }) => {
    values.unitOfMeasure ??= defaultOf(world, 'UnitOfMeasure');
    values.price ??= new NumberText('0');
    values.cost ??= new NumberText('0');
    followSubcategory(world, values);
    return [
      ...identifierErrors(world, values, undefined),
      ...setupErrors(world, values, Object.keys(values)),
      ...recurringErrors(values),
    ];
  },
  change: ({ world }, { values, row, changed }) => {
    if ('subcategory' in changed) followSubcategory(world, values);
    return [
      ...('identifier' in changed ? identifierErrors(world, values, row.id) : []),
      ...setupErrors(world, values, Object.keys(changed)),
      ...recurringErrors(values),
    ];
  },
};

/** The category is that of the subcategory. */
function followSubcategory({ tables }: World, values: Record<string, Value>): void {
  const id = values.subcategory;
  const subcategory = tables.get('SubCategory', typeof id === 'number' ? id : undefined);
  values.category = subcategory ? (wholeOf(subcategory, 'category') ?? null) : null;
}

/** "Duplicate identifier is refused" (reports of product syncs). */
function identifierErrors(
  { tables }: World,
  { identifier }: Record<string, Value>,
  ownId: number | undefined,
): FieldError[] {
  const wanted = String(identifier).toLowerCase();
  const taken = tables
    .all('CatalogItem')
    .some((row) => row.id !== ownId && textOf(row, 'identifier').toLowerCase() === wanted);
  return taken
    ? [{ code: 'Duplicate', message: 'The identifier is already in use.', field: 'identifier' }]
    : [];
}

/** An inactive type, subcategory or unit is not for new use. */
function setupErrors(
  { tables }: World,
  values: Record<string, Value>,
  names: readonly string[],
): FieldError[] {
  const tablesOf = {
    subcategory: 'SubCategory',
    type: 'ProductType',
    unitOfMeasure: 'UnitOfMeasure',
  };
  return Object.entries(tablesOf).flatMap(([name, record]) => {
    const id = values[name];
    const row = tables.get(record, typeof id === 'number' ? id : undefined);
    return names.includes(name) && row && flagOf(row, 'inactiveFlag')
      ? [invalid(`${name}/id`, `${name} is inactive.`)]
      : [];
  });
}

/** Both fields are named, as the live API does (christaylorcodes/ConnectWiseManageAPI #53). */
function recurringErrors(values: Record<string, Value>): FieldError[] {
  const isSound =
    values.recurringFlag !== true ||
    values.recurringOneTimeFlag === true ||
    typeof values.recurringBillCycle === 'number';
  return isSound
    ? []
    : ['recurringOneTimeFlag', 'recurringBillCycle/id'].map((field) => ({
        code: 'MissingRequiredField',
        message: ONE_OF,
        field,
      }));
}
