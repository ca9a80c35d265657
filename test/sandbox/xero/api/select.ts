import { type Answer, type Call, parameter } from './call.ts';
import { queryAnswer } from './errors.ts';
import { type Fields, parseOrder, parseWhere } from './where.ts';

/** `where`, `order` and If-Modified-Since over records; the default order is by last change. */
export function select<T extends { updatedMs: number }>(
  call: Call,
  records: Iterable<T>,
  fieldsOf: (record: T) => Fields,
): T[] | Answer {
  const where = parameter(call.query, 'where');
  const order = parameter(call.query, 'order');
  const keep = where === undefined || where === '' ? () => true : parseWhere(where);
  if (!keep) return queryAnswer(`The filter "${where}" cannot be parsed`);
  const { sinceMs } = call;
  const rows = [...records].filter(
    (record) => (sinceMs === undefined || record.updatedMs > sinceMs) && keep(fieldsOf(record)),
  );
  rows.sort((a, b) => a.updatedMs - b.updatedMs);
  if (order === undefined || order === '') return rows;
  const [sample] = rows;
  if (!sample) return rows;
  const compare = parseOrder(order, Object.keys(fieldsOf(sample)));
  if (!compare) return queryAnswer(`The order "${order}" cannot be parsed`);
  return rows.sort((a, b) => compare(fieldsOf(a), fieldsOf(b)));
}
