import { isDescribedMember } from '../../../contract/xero.ts';
import { type Answer, type Call, parameter } from './call.ts';
import { queryAnswer } from './errors.ts';
import { type Fields, parseOrder, parseWhere } from './where.ts';

/**
 * `where`, `order` and If-Modified-Since over records; the default order is by last change, or as they stand where the
 * record tells no change. Members that the description gives the `type` can be named; those the sandbox does not keep are
 * empty.
 */
export function select<T extends object>(
  call: Call,
  records: Iterable<T>,
  { type, fieldsOf }: { type: string; fieldsOf(record: T): Fields },
): T[] | Answer {
  const where = parameter(call.query, 'where');
  const order = parameter(call.query, 'order');
  const about = { type, knows: (path: string) => isDescribedMember(type, path) };
  const keep = where === undefined || where === '' ? () => true : parseWhere(where, about);
  if (typeof keep !== 'function') return queryAnswer(keep.problem);
  const compare = order === undefined || order === '' ? () => 0 : parseOrder(order, about);
  if (typeof compare !== 'function') return queryAnswer(compare.problem);
  const { sinceMs } = call;
  return [...records]
    .filter((one) => (sinceMs === undefined || changedMs(one) > sinceMs) && keep(fieldsOf(one)))
    .sort((a, b) => changedMs(a) - changedMs(b))
    .map((one) => ({ one, fields: fieldsOf(one) }))
    .sort((a, b) => compare(a.fields, b.fields))
    .map(({ one }) => one);
}

const changedMs = (record: object): number =>
  'updatedMs' in record && typeof record.updatedMs === 'number' ? record.updatedMs : 0;
