import type { FaultBoard } from '../../faults.ts';
import { isRecord } from '../../must.ts';

// What a reader of each kind of record cannot do without, and the word that tells its state or kind.
const NEEDED: Record<string, { field: string; word: string }> = {
  getCustomers: { field: 'name', word: 'status' },
  getCustomerById: { field: 'name', word: 'status' },
  getCatalog: { field: 'id', word: 'billingModel' },
  getOrders: { field: 'customerId', word: 'type' },
  getOrderDetails: { field: 'customerId', word: 'type' },
  getSubscriptions: { field: 'customerId', word: 'status' },
  getSubscription: { field: 'products', word: 'status' },
  listCompanyMemberships: { field: 'user', word: 'enabled' },
};

/** Applies the faults that change records: `malformed-record` and `duplicate-records`. */
export function spoiled(
  records: Record<string, unknown>[],
  { faults, operation }: { faults: FaultBoard; operation: string },
): Record<string, unknown>[] {
  const options =
    records.length > 0 && NEEDED[operation] ? faults.hit('malformed-record', operation) : undefined;
  const bent = options
    ? records.map((each, index) => bend(each, { index, options, operation }))
    : records;
  const [first] = bent;
  return first && faults.hit('duplicate-records', operation) ? [...bent, first] : bent;
}

function bend(
  record: Record<string, unknown>,
  {
    index,
    options,
    operation,
  }: { index: number; options: Record<string, unknown>; operation: string },
): Record<string, unknown> {
  const meant =
    typeof options.id === 'string' ? record.id === options.id : index === (options.index ?? 0);
  const needed = NEEDED[operation];
  if (!meant || !needed || !isRecord(record)) return record;
  const field = typeof options.field === 'string' ? options.field : needed.field;
  const { [field]: _, ...without } = record;
  switch (options.how) {
    case 'unknown-enum':
      return {
        ...record,
        [typeof options.field === 'string' ? field : needed.word]: 'somethingNew',
      };
    case 'wrong-type':
      return { ...record, [field]: { unexpected: true } };
    default:
      return without;
  }
}
