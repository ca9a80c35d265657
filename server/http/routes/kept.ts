import { instant } from '../../domain/dates.ts';
import { AppError } from '../../domain/errors.ts';
import type { RecordOf } from '../../domain/records.ts';
import { needsPerson } from '../../sync/check/set-aside.ts';
import { wakeKey } from '../../sync/wake-keys.ts';
import { keptBody } from '../bodies.ts';
import type { Desk } from '../desk.ts';
import { moneyView, nameOf } from '../present/money.ts';
import { type AnyRoute, route } from '../route.ts';
import type { KeptRecordView } from '../views/kept.ts';

type Kept = RecordOf<'keptRecord'>;

/** Records that could not be read, and those set aside because taking them in went wrong. */
export const keptRoutes = (desk: Desk): AnyRoute[] => [
  route('GET /v1/kept-records', { role: 'viewer' }, async ({ session }) =>
    (await desk.context.store.read(session.tenantId))
      .list('keptRecord')
      .map(keptView)
      .sort((a, b) => rank(a) - rank(b) || (a.seenAt < b.seenAt ? 1 : -1)),
  ),
  route(
    'POST /v1/kept-records',
    { role: 'operator', body: keptBody },
    async ({ session, body }) => {
      const { context } = desk;
      const { tenantId, actor } = session;
      const changed = await context.store.transact(tenantId, (tx) => {
        const at = instant(context.clock.nowMs());
        const found = body.ids.flatMap((id) => tx.get('keptRecord', id) ?? []);
        const some = found.filter(({ setAside }) => setAside !== null);
        if (some.length === 0) throw new AppError('request.not-found');
        for (const kept of some) {
          if (kept.setAside === null) continue;
          const { ignored } = kept.setAside;
          const answer =
            body.do === 'again'
              ? { again: true, ignored: null }
              : { again: false, ignored: { reason: body.reason, by: actor, at } };
          if (body.do === 'ignore' && ignored !== null) continue;
          tx.put('keptRecord', { ...kept, setAside: { ...kept.setAside, ...answer } });
          tx.log({
            actor,
            action: body.do === 'again' ? 'task-restored' : 'task-ignored',
            result: 'ok',
            connectionId: null,
            customerId: kept.setAside.customerId,
            subject: kept.setAside.subject,
            taskId: null,
            orderId: null,
            documentId: null,
            documentUrl: null,
            amount: kept.setAside.amount,
            failure: null,
            facts: body.do === 'ignore' ? { reason: body.reason } : {},
            details: null,
          });
        }
        return some.length;
      });
      if (body.do === 'again') context.wake.at(wakeKey.check(tenantId), context.clock.nowMs());
      context.publish(tenantId, ['tasks', 'log'], null);
      return { changed };
    },
  ),
];

function keptView({ id, source, what, problem, seenAt, setAside: aside }: Kept): KeptRecordView {
  return {
    id,
    source,
    what,
    problem,
    seenAt,
    setAside:
      aside === null
        ? null
        : {
            subject: aside.subject,
            amount: aside.amount === null ? null : moneyView(aside.amount),
            code: aside.code,
            firstAt: aside.firstAt,
            attempts: aside.attempts,
            again: aside.again,
            needsPerson: needsPerson(aside),
            ignored:
              aside.ignored === null
                ? null
                : {
                    reason: aside.ignored.reason,
                    by: nameOf(aside.ignored.by),
                    at: aside.ignored.at,
                  },
          },
  };
}

/** What asks a person first, then what only could not be read, then what is answered. */
const rank = ({ setAside }: KeptRecordView): number =>
  setAside === null ? 1 : setAside.needsPerson ? 0 : 2;
