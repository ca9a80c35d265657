import { errorCodes, retryLater } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import { plainEntry } from '../../domain/log-entry.ts';
import { type Mailing, noMailing } from '../../domain/mail.ts';
import { digestOf } from '../../sync/mail/digest.ts';
import { postNow } from '../../sync/mail/post.ts';
import { mailBody } from '../bodies.ts';
import { atConnection, changeConnection, type Desk } from '../desk.ts';
import { errorView } from '../reply.ts';
import { type AnyRoute, route } from '../route.ts';
import type { MailView } from '../views/mail.ts';

/** Mails to the reseller's own people: whom, when, a test, and what it would say. */
export const mailRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'GET /v1/connections/:connectionId/mail',
    { role: 'viewer' },
    ({ session, params, requestId }) =>
      mailView(desk, session.tenantId, params.connectionId, requestId),
  ),
  route(
    'PUT /v1/connections/:connectionId/mail',
    { role: 'admin', stepUp: true, audit: 'settings', body: mailBody },
    async ({ session, params, body, requestId }) => {
      await changeConnection(desk, session.tenantId, params.connectionId, (tx, connection) => {
        const before = tx.get('mailing', connection.id) ?? noMailing(connection.id);
        const to = [...new Set(body.to)];
        tx.put('mailing', { ...before, ...body, to });
        tx.log(
          plainEntry({
            actor: session.actor,
            action: 'settings-changed',
            connectionId: connection.id,
            subject: connection.account.name,
            facts: { fields: 'mail' },
            details: { before: settingOf(before), after: { ...body, to } },
          }),
        );
      });
      return mailView(desk, session.tenantId, params.connectionId, requestId);
    },
  ),
  route(
    'POST /v1/connections/:connectionId/mail/test',
    { role: 'admin', callsOut: true },
    async ({ session, params, requestId }) => {
      const { connection } = await atConnection(desk, session.tenantId, params.connectionId);
      await postNow(desk.context.post, session.tenantId, connection, { kind: 'test' });
      return mailView(desk, session.tenantId, connection.id, requestId);
    },
  ),
];

const settingOf = ({ to, digestAt, failures }: Mailing) => ({ to, digestAt, failures });

async function mailView(
  desk: Desk,
  tenantId: TenantId,
  connectionId: string,
  requestId: string,
): Promise<MailView> {
  const { reader, connection } = await atConnection(desk, tenantId, connectionId);
  const { post, clock } = desk.context;
  const mailing = reader.get('mailing', connection.id) ?? noMailing(connection.id);
  const letter = digestOf(reader, connection, clock.nowMs());
  const { subject, text } = await post.compose(tenantId, connection, letter);
  return {
    configured: post.mailer !== null,
    ...settingOf(mailing),
    timeZone: connection.account.timeZone,
    failure: failureIn(mailing, requestId),
    preview: { subject, text },
  };
}

function failureIn({ failure }: Mailing, requestId: string): MailView['failure'] {
  if (failure === null) return null;
  const code = errorCodes.find((one) => one === failure.code) ?? 'internal';
  const { at, said } = failure;
  return { at, ...errorView({ code, said, retry: retryLater(), reference: null }, requestId) };
}
