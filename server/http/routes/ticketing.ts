import * as v from 'valibot';
import type { Connection } from '../../domain/connection.ts';
import { AppError, errorCodes, retryLater } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import { plainEntry } from '../../domain/log-entry.ts';
import { noMailing } from '../../domain/mail.ts';
import type { Connector } from '../../domain/ports/connector.ts';
import type { TicketField } from '../../domain/ports/service-desk.ts';
import { noTicketing, type Ticketing, type TicketPlace } from '../../domain/ticket.ts';
import { ticketingBody } from '../bodies.ts';
import { atConnection, changeConnection, type Desk } from '../desk.ts';
import { errorView } from '../reply.ts';
import { type AnyRoute, route } from '../route.ts';
import type { TicketingView } from '../views/ticketing.ts';

const wanted = v.strictObject({
  /** What is chosen in the form and not saved yet, since some choices hang on others. */
  board: v.optional(v.pipe(v.string(), v.maxLength(50))),
  type: v.optional(v.pipe(v.string(), v.maxLength(50))),
  issueType: v.optional(v.pipe(v.string(), v.maxLength(50))),
});

/** What is told by mail and what by a ticket of the connection's own system, and where tickets go. */
export const ticketingRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'GET /v1/connections/:connectionId/ticketing',
    { role: 'viewer', callsOut: true, query: wanted },
    ({ session, params, query, requestId }) =>
      ticketingView(desk, session.tenantId, params.connectionId, { chosen: query, requestId }),
  ),
  route(
    'PUT /v1/connections/:connectionId/ticketing',
    { role: 'admin', stepUp: true, callsOut: true, audit: 'settings', body: ticketingBody },
    async ({ session, params, body, requestId }) => {
      const { tenantId } = session;
      const { connection, connector } = await atConnection(desk, tenantId, params.connectionId);
      if (body.on)
        await requireFilled(desk, tenantId, { connection, connector, place: body.place });
      await changeConnection(desk, tenantId, connection.id, (tx) => {
        const { quiet, ...ticketing } = body;
        const mailing = tx.get('mailing', connection.id) ?? noMailing(connection.id);
        const before = tx.get('ticketing', connection.id);
        tx.put('mailing', { ...mailing, quiet });
        // What was refused is tried again at once, in the new place.
        tx.put('ticketing', { id: connection.id, ...ticketing, failure: null });
        tx.log(
          plainEntry({
            actor: session.actor,
            action: 'settings-changed',
            connectionId: connection.id,
            subject: connection.account.name,
            facts: { fields: 'tickets' },
            details: { before: { quiet: mailing.quiet, ...before }, after: body },
          }),
        );
      });
      return ticketingView(desk, tenantId, connection.id, { chosen: {}, requestId });
    },
  ),
];

async function ticketingView(
  desk: Desk,
  tenantId: TenantId,
  connectionId: string,
  {
    chosen,
    requestId,
  }: { chosen: Readonly<Record<string, string | undefined>>; requestId: string },
): Promise<TicketingView> {
  const { reader, connection, connector } = await atConnection(desk, tenantId, connectionId);
  const ticketing = reader.get('ticketing', connection.id) ?? noTicketing(connection.id);
  const { quiet } = reader.get('mailing', connection.id) ?? noMailing(connection.id);
  const place = { ...ticketing.place, ...given(chosen) };
  const { fields, lacking } = await fieldsOf(desk, tenantId, { connection, connector, place });
  return {
    available: connector.manifest.tickets === true,
    on: ticketing.on,
    kinds: ticketing.kinds,
    quiet,
    place,
    companyName: ticketing.companyName,
    fields,
    lacking,
    failure: failureIn(ticketing, requestId),
    open: reader
      .list('ticket')
      .filter(({ connectionId: id, state }) => id === connection.id && state === 'open')
      .map(({ kind, summary, at, ticketId }) => ({
        kind,
        summary,
        at,
        url:
          ticketId === null ? null : (connector.ticketUrl?.(connection.account, ticketId) ?? null),
      })),
  };
}

/** What can be chosen now; without the right for it, what is missing and where it is granted. */
async function fieldsOf(
  desk: Desk,
  tenantId: TenantId,
  of: { connection: Connection; connector: Connector; place: TicketPlace },
): Promise<{ fields: readonly TicketField[]; lacking: TicketingView['lacking'] }> {
  const { connection, connector, place } = of;
  const none = { fields: [], lacking: [] };
  if (connector.manifest.tickets !== true || connection.state !== 'active') return none;
  try {
    const fields = await desk.engine.withJob(tenantId, connection.id, 'person', (job) =>
      Promise.resolve(job.session.tickets?.fields(place) ?? []),
    );
    return { fields, lacking: [] };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'system.scope') throw error;
    const rights = connector.manifest.optionalRights ?? [];
    const lacking = rights.filter(({ feature }) => feature === 'tickets');
    return {
      fields: [],
      lacking: lacking.map(({ scope, why, where }) => ({ scope, why, where })),
    };
  }
}

/** Throws `request.invalid` where a field that a ticket needs is empty, or holds what is not offered. */
async function requireFilled(
  desk: Desk,
  tenantId: TenantId,
  of: Parameters<typeof fieldsOf>[2],
): Promise<void> {
  const { fields } = await fieldsOf(desk, tenantId, of);
  if (fields.length === 0) throw new AppError('request.invalid', { facts: { field: 'on' } });
  for (const { id, name, kind, choices, optional } of fields) {
    const value = of.place[id];
    const isOffered = kind === 'company' || choices.some((one) => one.value === value);
    if (value === undefined ? !optional : !isOffered)
      throw new AppError('request.invalid', { facts: { field: name } });
  }
}

const given = (chosen: Readonly<Record<string, string | undefined>>): TicketPlace =>
  Object.fromEntries(
    Object.entries(chosen).flatMap(([id, value]) => (value === undefined ? [] : [[id, value]])),
  );

function failureIn({ failure }: Ticketing, requestId: string): TicketingView['failure'] {
  if (failure === null) return null;
  const code = errorCodes.find((one) => one === failure.code) ?? 'internal';
  const { at, said } = failure;
  return { at, ...errorView({ code, said, retry: retryLater(), reference: null }, requestId) };
}
