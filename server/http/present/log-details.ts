import * as v from 'valibot';
import { stringifyOwn } from '../../domain/json.ts';
import { portionId } from '../../domain/link.ts';
import type { LogEntry } from '../../domain/log-entry.ts';
import { planSchema } from '../../domain/plan.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { linkStateOf } from '../../sync/plan/links.ts';
import type { LogDetailsView } from '../views/log.ts';
import { moneyView } from './money.ts';
import { lineView } from './plan.ts';

const withPlan = v.looseObject({ plan: planSchema });
const withChange = v.looseObject({
  before: v.record(v.string(), v.unknown()),
  after: v.record(v.string(), v.unknown()),
});
const record = v.record(v.string(), v.unknown());

/** What was kept with an entry, in the words of the screens; what nobody knows is passed on as it is. */
export function logDetails({ details, failure, orderId, connectionId }: LogEntry, reader: Reader) {
  const planned = v.safeParse(withPlan, details);
  const changed = v.safeParse(withChange, details);
  const plan = planned.success ? planned.output.plan : null;
  const view: LogDetailsView = {
    standing: (plan?.lines ?? []).flatMap(({ chargeKey, portion }) => {
      const linkId = portionId(chargeKey, portion);
      const { live } = linkStateOf(reader, chargeKey);
      const stands = live?.id === linkId && live.connectionId === connectionId;
      return stands ? [{ chargeKey, linkId }] : [];
    }),
    orderNumber: orderId === null ? null : (reader.get('order', orderId)?.number ?? orderId),
    plan:
      plan === null
        ? null
        : {
            documentKind: plan.documentKind,
            lines: plan.lines.map(lineView),
            before: moneyView(plan.before),
            after: moneyView(plan.after),
          },
    changes: changed.success ? changesOf(changed.output) : [],
    said: failure?.said ?? null,
    other: otherOf(details),
  };
  return view;
}

function changesOf({ before, after }: v.InferOutput<typeof withChange>): LogDetailsView['changes'] {
  return Object.entries(after).flatMap(([field, value]) => {
    const [was, is] = [textOf(before[field]), textOf(value)];
    return was === is ? [] : [{ field, before: was, after: is }];
  });
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : stringifyOwn(value);

/** Everything that is not shown in words already; null where nothing is left. */
function otherOf(details: unknown): unknown {
  const known = v.safeParse(record, details);
  if (!known.success) return details ?? null;
  const { plan: _plan, said: _said, before: _before, after: _after, ...rest } = known.output;
  return Object.keys(rest).length === 0 ? null : rest;
}
