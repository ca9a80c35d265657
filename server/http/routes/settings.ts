import type { Connection } from '../../domain/connection.ts';
import { instant, millisecondsOf } from '../../domain/dates.ts';
import { AppError } from '../../domain/errors.ts';
import type { NewLogEntry } from '../../domain/log-entry.ts';
import { plainEntry } from '../../domain/log-entry.ts';
import type { Settings } from '../../domain/settings.ts';
import type { Actor } from '../../domain/tenant.ts';
import { isLooser, loosenedForSelfMs, type TwoPeopleLimit } from '../../domain/two-people.ts';
import { cursorId } from '../../sync/check/names.ts';
import { settingsBody } from '../bodies.ts';
import { atConnection, changeConnection, type Desk } from '../desk.ts';
import { type AnyRoute, route } from '../route.ts';
import type { SettingsView } from '../views/settings.ts';

/** What is behind the gear, with the system's own choices for its fields. */
export const settingsRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'GET /v1/connections/:connectionId/settings',
    { role: 'viewer', callsOut: true },
    async ({ session, params }) => {
      await freshReference(desk, session.tenantId, params.connectionId);
      return settingsView(desk, session.tenantId, params.connectionId);
    },
  ),
  route(
    'PUT /v1/connections/:connectionId/settings',
    { role: 'admin', stepUp: true, audit: 'settings', body: settingsBody },
    async ({ session, params, body }) => {
      const { connector } = await atConnection(desk, session.tenantId, params.connectionId);
      const [impossible] = connector.manifest.check(body.settings);
      if (impossible !== undefined)
        throw new AppError('settings.impossible', {
          facts: { field: impossible.field, reason: impossible.code },
        });
      await changeConnection(desk, session.tenantId, params.connectionId, (tx, connection, at) => {
        if (body.settings.automatic.mode !== 'off' && connection.billFrom === null)
          throw new AppError('settings.impossible', {
            facts: { field: 'automatic', reason: 'bill-from-first' },
          });
        const changed = changedFields(connection.settings, body.settings);
        const before = connection.settings.twoPeopleAbove;
        const isFreer = isLooser(before, body.settings.twoPeopleAbove);
        const loosened = [
          ...connection.loosened.filter(
            (one) => millisecondsOf(at) - millisecondsOf(one.at) < loosenedForSelfMs,
          ),
          ...(before !== null && isFreer ? [{ limit: before, by: session.actor, at }] : []),
        ];
        tx.put('connection', {
          ...connection,
          settings: body.settings,
          settingsSaved: true,
          loosened,
        });
        // The field of quotes is another: they are read with the next check.
        if (changed.includes('quoteField')) tx.remove('cursor', cursorId(connection.id, 'quotes'));
        if (changed.includes('twoPeopleAbove'))
          tx.log(limitChanged({ ...connection, settings: body.settings }, session.actor, before));
        tx.log(
          plainEntry({
            actor: session.actor,
            action: 'settings-changed',
            connectionId: connection.id,
            subject: connection.account.name,
            facts: { fields: changed.join(', ') },
            details: { before: connection.settings, after: body.settings },
          }),
        );
      });
      return settingsView(desk, session.tenantId, params.connectionId);
    },
  ),
];

/** A limit never changes without a trace that everybody sees, whatever level they look at. */
const limitChanged = (
  { id, account, settings: { twoPeopleAbove: now } }: Connection,
  actor: Actor,
  before: TwoPeopleLimit | null,
): NewLogEntry => ({
  actor,
  action: 'limit-changed',
  result: 'asks',
  connectionId: id,
  customerId: null,
  subject: account.name,
  taskId: null,
  orderId: null,
  documentId: null,
  documentUrl: null,
  amount: null,
  failure: null,
  facts: { before: inWords(before), after: inWords(now) },
  details: { before, after: now },
});
const inWords = (limit: TwoPeopleLimit | null): string =>
  limit === null ? 'none' : `${limit.amount} ${limit.currency}`;

async function settingsView(
  desk: Desk,
  tenantId: Parameters<typeof atConnection>[1],
  connectionId: string,
): Promise<SettingsView> {
  const { connection, connector, world } = await atConnection(desk, tenantId, connectionId);
  const { accounts, taxRates, tracking, themes } = world.reference ?? {
    accounts: [],
    taxRates: [],
    tracking: [],
    themes: [],
  };
  const { sends, tracking: tracks, themes: hasThemes } = connector.manifest.capabilities;
  return {
    settings: connection.settings,
    saved: connection.settingsSaved,
    systemName: connector.manifest.name,
    choices: {
      accounts: accounts
        .filter(({ archived, forSales }) => !archived && forSales)
        .map(({ code, name }) => ({ code, name })),
      taxRates: taxRates
        .filter(({ archived, forSales }) => !archived && forSales)
        .map(({ type, name, rate }) => ({ type, name, rate })),
      tracking,
      themes,
      documentTypes: world.reference?.documentTypes ?? [],
    },
    capabilities: {
      sends,
      tracking: tracks,
      themes: hasThemes,
      lines: connector.manifest.kind === 'perOrder',
      exports: connector.manifest.standing?.exports ?? [],
      quotes: connector.manifest.quotes === true,
      userLists: connector.manifest.userLists === true,
    },
    warnings: settingsWarnings(connection.settings),
  };
}

/** Warnings that stay until chosen. */
export const settingsWarnings = ({ accountCode }: Settings): SettingsView['warnings'] =>
  accountCode === null ? [{ field: 'accountCode', code: 'no-account' }] : [];

function changedFields(before: Settings, after: Settings): string[] {
  return Object.entries(after).flatMap(([name, value]) =>
    JSON.stringify(value) ===
    JSON.stringify(Object.entries(before).find(([own]) => own === name)?.[1])
      ? []
      : [name],
  );
}

/** How old the system's own choices may be when a form shows them. */
const referenceMaxMs = 60 * 60_000;

/** Reads accounts, taxes and the like where the form would show none, or old ones. */
async function freshReference(
  desk: Desk,
  tenantId: Parameters<typeof atConnection>[1],
  connectionId: string,
): Promise<void> {
  const { reader, connection } = await atConnection(desk, tenantId, connectionId);
  const { store, clock } = desk.context;
  const known = reader.get('reference', connection.id);
  const isFresh = known !== null && clock.nowMs() - millisecondsOf(known.readAt) < referenceMaxMs;
  if (isFresh || connection.state !== 'active') return;
  try {
    const reference = await desk.engine.withJob(tenantId, connection.id, 'person', (job) =>
      job.session.reference(),
    );
    const at = instant(clock.nowMs());
    await store.transact(tenantId, (tx) => {
      tx.put('reference', { id: connection.id, readAt: at, reference });
      // The check need not read it again.
      tx.put('cursor', { id: cursorId(connection.id, 'reference'), position: at, checkedAt: at });
    });
  } catch (error) {
    // Old choices are better than no form; without any, the person must know why.
    if (known === null) throw error;
  }
}
