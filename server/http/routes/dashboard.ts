import { isOverdue } from '../../domain/invoice.ts';
import type { Link } from '../../domain/link.ts';
import type { Money } from '../../domain/money.ts';
import type { Connector } from '../../domain/ports/connector.ts';
import type { ConnectorManifest } from '../../domain/ports/connector-manifest.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { Task } from '../../domain/task.ts';
import { waitsForPosting } from '../../sync/closing.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import { storedInvoices } from '../../sync/read-back/read-invoices.ts';
import { storedQuotes } from '../../sync/read-back/read-quotes.ts';
import { unclearWithoutTask } from '../../sync/unclear.ts';
import { atConnection, type Desk } from '../desk.ts';
import { connectionView } from '../present/connection.ts';
import { exportsView } from '../present/exports.ts';
import { failureView } from '../present/failure.ts';
import { nameOf, totalsView } from '../present/money.ts';
import { monthlyBy } from '../present/monthly.ts';
import { runView } from '../present/run.ts';
import { taskRow } from '../present/task.ts';
import { unclearView } from '../present/unclear.ts';
import { type AnyRoute, route } from '../route.ts';
import type { DashboardView } from '../views/dashboard.ts';
import type { UnclearView } from '../views/runs.ts';
import { noteVisit } from '../visit.ts';
import { billedProducts } from './mapping-rows.ts';
import { openSubscriptions } from './openings.ts';
import { settingsWarnings } from './settings.ts';
import { byMoney } from './tasks.ts';

const rowsShownMax = 10;

/** The daily looks: is it running, what needs me, what was written since my last visit, what waits. */
export const dashboardRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'GET /v1/connections/:connectionId/dashboard',
    { role: 'viewer' },
    async ({ session, params, requestId }): Promise<DashboardView> => {
      const { reader, world, connector, connection } = await atConnection(
        desk,
        session.tenantId,
        params.connectionId,
      );
      const since = await noteVisit(desk.context, session);
      const tasks = world.tasks().filter(({ id }) => !world.isSnoozed(id));
      const needs = tasks
        .filter(({ state }) => state === 'needs-action' || state === 'failed')
        .sort(byMoney);
      const waiting = tasks.filter(({ state }) => state === 'waiting');
      const ready = tasks.filter(({ state }) => state === 'ready');
      const links = reader
        .list('link')
        .filter((link) => link.connectionId === connection.id && link.state === 'live');
      const written = links.filter(({ at }) => since === null || at > since);
      const unmappedCustomers = reader
        .list('customer')
        .filter(
          ({ id, status }) => status !== 'closed' && world.customerMapping(id)?.targetId == null,
        );
      const products = billedProducts(reader);
      const unmappedProducts = products.filter(({ productKey }) => {
        const mapping = world.productMapping(productKey, 'recurring');
        return mapping === null || (mapping.targetId === null && mapping.accountCode === null);
      });
      const manual = new Set(
        tasks
          .filter(({ customerId }) => world.customerMapping(customerId)?.automatic !== true)
          .map(({ customerId }) => customerId),
      );
      const monthly = monthlyBy(reader, 'customer');
      const openings = openSubscriptions(reader, world).filter(
        ({ answer }) => answer === 'unanswered',
      );
      const open = reader
        .list('run')
        .filter((run) => run.connectionId === connection.id && run.endedAt === null);
      const running = open.find(({ awaits }) => awaits === null);
      const checklist: DashboardView['checklist'] = [
        {
          id: 'marketplace',
          done: reader.get('marketplaceAccess', 'marketplace')?.state === 'active',
          facts: {},
        },
        {
          id: 'connect',
          done: connection.state === 'active',
          facts: { name: connection.account.name },
        },
        { id: 'settings', done: connection.settingsSaved, facts: {} },
        {
          id: 'customers',
          done: reader.list('customer').length > 0 && unmappedCustomers.length === 0,
          facts: { left: String(unmappedCustomers.length) },
        },
        {
          id: 'products',
          done: products.length > 0 && unmappedProducts.length === 0,
          facts: { left: String(unmappedProducts.length) },
        },
        {
          id: 'bill-from',
          done: connection.billFrom !== null,
          facts: { date: connection.billFrom ?? '' },
        },
        { id: 'preview', done: links.length > 0, facts: { ready: String(ready.length) } },
        { id: 'sync', done: links.length > 0, facts: {} },
      ];
      return {
        connection: await connectionView(desk, session.tenantId, connection, requestId),
        checklist,
        checklistDone: links.length > 0,
        needs: {
          rows: needs
            .slice(0, rowsShownMax)
            .map((task) => taskRow({ reader, world, connector, requestId }, task)),
          total: needs.length,
          money: moneyOf(needs),
          byCode: byCode(needs),
        },
        unclear: unclearWithoutTask(reader, connection.id)
          .map((intent) => unclearView(reader, world, connector, intent))
          .sort((a, b) => worth(b) - worth(a)),
        ready: { total: ready.length, money: moneyOf(ready) },
        waiting: { rows: waitingRows(waiting, requestId, connector), total: waiting.length },
        writtenSince: {
          at: since,
          documents: documentCount(written),
          lines: written.length,
          money: totalsView(written.map(signed)),
          by: byActor(written),
        },
        openings: { total: openings.length },
        unmapped: {
          customers: unmappedCustomers.length,
          products: unmappedProducts.length,
          money: totalsView(unmappedCustomers.flatMap(({ id }) => monthly.get(id) ?? [])),
        },
        manualCustomers: {
          count: manual.size,
          money: moneyOf(
            tasks.filter(({ customerId, state }) => state === 'ready' && manual.has(customerId)),
          ),
        },
        warnings: [
          ...settingsWarnings(connection.settings).map(({ code }) => ({ code, facts: {} })),
          ...scheduledWarnings(reader, connection.id),
          ...driftWarnings(reader, connection.id),
          ...queueWarning(reader),
          ...closingWarning(world, reader),
        ],
        exports: exportsView({
          reader,
          connection,
          manifest: connector.manifest,
          nowMs: desk.context.clock.nowMs(),
          nextCheckAt: desk.checkState(session.tenantId).nextAt,
        }),
        invoicing: invoicingOf(reader, world, connector.manifest),
        running: running === undefined ? null : runView(desk, reader, running, requestId),
        awaiting: open
          .filter(({ awaits }) => awaits !== null)
          .map((run) => runView(desk, reader, run, requestId)),
        keptRecords: reader.list('keptRecord').length,
      };
    },
  ),
];

function invoicingOf(
  reader: Reader,
  { connection, today }: PlanWorld,
  { invoicing, quotes }: ConnectorManifest,
): DashboardView['invoicing'] {
  if (invoicing === undefined) return null;
  const open = storedInvoices(reader, connection.id)
    .map(({ invoice }) => invoice)
    .filter(({ state }) => state === 'open');
  const overdue = open.filter((invoice) => isOverdue(invoice, today));
  return {
    open: totalsView(open.map(({ balance }) => balance)),
    openCount: open.length,
    overdue: totalsView(overdue.map(({ balance }) => balance)),
    overdueCount: overdue.length,
    quotes: quotes === true ? storedQuotes(reader, connection.id).length : null,
  };
}

/** A number to sort by alone; no amount is made from it. */
const worth = ({ amount }: UnclearView): number =>
  Math.abs(Number.parseFloat(amount?.amount ?? '0'));

const moneyOf = (tasks: readonly Task[]) => totalsView(tasks.map(({ amount }) => amount));
const documentCount = (links: readonly Link[]): number =>
  new Set(links.map(({ documentId }) => documentId)).size;
const signed = (link: Link): Money =>
  link.documentKind === 'creditNote'
    ? { ...link.amount, amountMinor: -link.amount.amountMinor }
    : link.amount;

function byCode(tasks: readonly Task[]): DashboardView['needs']['byCode'] {
  const groups = new Map<DashboardView['needs']['byCode'][number]['code'], Task[]>();
  for (const task of tasks)
    for (const code of new Set(
      task.groups.flatMap((group) => group.needs.map((need) => need.code)),
    ))
      groups.set(code, [...(groups.get(code) ?? []), task]);
  return [...groups]
    .map(([code, own]) => ({ code, count: own.length, money: moneyOf(own) }))
    .sort((a, b) => b.count - a.count);
}

function waitingRows(
  tasks: readonly Task[],
  requestId: string,
  connector: Connector,
): DashboardView['waiting']['rows'] {
  const groups = new Map<string, Task[]>();
  for (const task of tasks)
    groups.set(task.failure?.code ?? '', [...(groups.get(task.failure?.code ?? '') ?? []), task]);
  return [...groups.values()].map((own) => {
    const failure = own[0]?.failure ?? null;
    return {
      reason: failure === null ? null : failureView(failure, requestId, connector),
      count: own.length,
      money: moneyOf(own),
      retryAt: failure?.retry.kind === 'later' ? failure.retry.at : null,
    };
  });
}

function byActor(links: readonly Link[]): DashboardView['writtenSince']['by'] {
  const groups = new Map<string, Link[]>();
  for (const link of links)
    groups.set(nameOf(link.by), [...(groups.get(nameOf(link.by)) ?? []), link]);
  return [...groups].map(([name, own]) => ({
    name,
    documents: documentCount(own),
    money: totalsView(own.map(signed)),
  }));
}

/** A company that the system already bills by itself would be billed twice: it is named until answered. */
function scheduledWarnings(reader: Reader, connectionId: string): DashboardView['warnings'] {
  return reader.list('customerMapping').flatMap((mapping) => {
    if (
      mapping.connectionId !== connectionId ||
      mapping.targetId === null ||
      mapping.scheduleAnswered
    )
      return [];
    const scheduled =
      reader.get('company', `${connectionId}|${mapping.targetId}`)?.company.billedBySchedule ??
      null;
    return scheduled === null
      ? []
      : [
          {
            code: 'company-scheduled',
            facts: {
              customer: mapping.targetName ?? '',
              amount: totalsView([scheduled.amount])[0]?.amount ?? '',
              currency: scheduled.amount.currency,
              every: scheduled.every,
            },
          },
        ];
  });
}

function driftWarnings(reader: Reader, connectionId: string): DashboardView['warnings'] {
  const drifted = reader
    .list('snapshot')
    .filter((snapshot) => snapshot.connectionId === connectionId && snapshot.drift !== null);
  return drifted.length === 0
    ? []
    : [
        {
          code: 'drift',
          facts: { count: String(drifted.length), document: drifted[0]?.document.number ?? '' },
        },
      ];
}

const queueWarning = (reader: Reader): DashboardView['warnings'] =>
  reader.get('note', 'store.queue-full') === null ? [] : [{ code: 'queue-full', facts: {} }];

/** Monthly drafts past their closing day that nobody posts by itself. */
function closingWarning(world: PlanWorld, reader: Reader): DashboardView['warnings'] {
  const due = waitsForPosting(world, reader);
  return due.length === 0
    ? []
    : [
        {
          code: 'month-to-post',
          facts: { count: String(due.length), document: due[0]?.document.number ?? '' },
        },
      ];
}
