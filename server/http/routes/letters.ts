import * as v from 'valibot';
import { AppError } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import { noMailing } from '../../domain/mail.ts';
import { addressOf, billLetters, letterMonth } from '../../sync/letters/bill.ts';
import { letterId } from '../../sync/letters/post-letters.ts';
import { customerMappingOf } from '../../sync/mapping/map.ts';
import { letterAnswerBody, lettersBody, lettersSwitchBody, letterTestBody } from '../bodies.ts';
import { pageSize } from '../contract.ts';
import { atConnection, changeConnection, type Desk, pageOf } from '../desk.ts';
import { mayApproveHere } from '../may-approve.ts';
import { errorView } from '../reply.ts';
import { type AnyRoute, route } from '../route.ts';
import type { LetterRow, LettersView } from '../views/letters.ts';

const filter = v.strictObject({ page: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/))) });

/** Letters to customers about their bill: when, to whom, what they would say, and what became of them. */
export const letterRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'GET /v1/connections/:connectionId/letters',
    { role: 'viewer', query: filter },
    ({ session, params, query, requestId }) =>
      lettersView(desk, session.tenantId, params.connectionId, query.page, requestId),
  ),
  route(
    'PUT /v1/connections/:connectionId/letters',
    { role: 'admin', stepUp: true, audit: 'settings', body: lettersBody },
    async ({ session, params, body, requestId }) => {
      await changeConnection(desk, session.tenantId, params.connectionId, (tx, connection) => {
        const mailing = tx.get('mailing', connection.id) ?? noMailing(connection.id);
        tx.put('mailing', { ...mailing, customerDay: body.day });
      });
      return lettersView(desk, session.tenantId, params.connectionId, undefined, requestId);
    },
  ),
  route(
    'POST /v1/connections/:connectionId/letters/switch',
    { role: 'operator', body: lettersSwitchBody },
    async ({ session, params, body }) =>
      changeConnection(desk, session.tenantId, params.connectionId, (tx, connection, at) => {
        // They leave without a person's look at each: who may approve may switch them on.
        if (body.state === 'on' && !mayApproveHere(connection, session))
          throw new AppError('access.grant');
        const isOne = body.customerIds.length === 1;
        let changed = 0;
        for (const customerId of new Set(body.customerIds)) {
          if (tx.get('customer', customerId) === null) throw new AppError('request.not-found');
          const mapping = customerMappingOf(tx, connection.id, customerId);
          // Who wants none is passed by, unless a person means exactly them.
          const keeps = mapping.letters.state === 'unsubscribed' && body.state === 'on' && !isOne;
          if (keeps || mapping.letters.state === body.state) continue;
          tx.put('customerMapping', { ...mapping, letters: { state: body.state, since: at } });
          changed += 1;
        }
        tx.log({
          actor: session.actor,
          action: 'letters-switched',
          result: 'ok',
          connectionId: connection.id,
          customerId: isOne ? (body.customerIds[0] ?? null) : null,
          subject: connection.account.name,
          taskId: null,
          orderId: null,
          documentId: null,
          documentUrl: null,
          amount: null,
          failure: null,
          facts: { state: body.state, count: String(changed) },
          details: { ids: body.customerIds },
        });
        return { changed };
      }),
  ),
  route(
    'POST /v1/connections/:connectionId/letters/test',
    { role: 'admin', callsOut: true, body: letterTestBody },
    async ({ session, params, body }) => {
      const { tenantId } = session;
      const { reader, world, connection } = await atConnection(desk, tenantId, params.connectionId);
      const letter = billLetters(reader, world, letterMonth(world.today)).find(
        ({ customerId }) => customerId === body.customerId,
      );
      if (letter === undefined) throw new AppError('request.not-found');
      const { post } = desk.context;
      const to = reader.get('mailing', connection.id)?.to ?? [];
      if (post.mailer === null) throw new AppError('mail.not-configured');
      if (to.length === 0) throw new AppError('mail.no-recipient');
      const words = await post.compose(tenantId, connection, { kind: 'bill', letter });
      // To the reseller's own people alone, whoever it is about.
      await post.mailer.send({ to, ...words, subject: `[Test] ${words.subject}` });
      return { changed: 1 };
    },
  ),
  route(
    'POST /v1/connections/:connectionId/letters/answer',
    { role: 'operator', body: letterAnswerBody },
    async ({ session, params, body }) =>
      changeConnection(desk, session.tenantId, params.connectionId, (tx, connection, at) => {
        const id = letterId(connection.id, body.customerId, body.month);
        const letter = tx.get('customerLetter', id);
        if (letter === null) throw new AppError('request.not-found');
        if (letter.state !== 'unclear' && letter.state !== 'refused')
          throw new AppError('request.conflict');
        if (body.answer === 'again') {
          if (!mayApproveHere(connection, session)) throw new AppError('access.grant');
          tx.remove('customerLetter', id);
        } else tx.put('customerLetter', { ...letter, state: 'sent', answeredAt: at });
        tx.log({
          actor: session.actor,
          action: 'letter',
          result: 'ok',
          connectionId: connection.id,
          customerId: body.customerId,
          subject: tx.get('customer', body.customerId)?.name ?? body.customerId,
          taskId: null,
          orderId: null,
          documentId: null,
          documentUrl: null,
          amount: null,
          failure: null,
          facts: { month: body.month, to: letter.to },
          details: { answer: body.answer },
        });
        return { changed: 1 };
      }),
  ),
];

async function lettersView(
  desk: Desk,
  tenantId: TenantId,
  connectionId: string,
  page: string | undefined,
  requestId: string,
): Promise<LettersView> {
  const { reader, world, connection } = await atConnection(desk, tenantId, connectionId);
  const { post } = desk.context;
  const mailing = reader.get('mailing', connection.id) ?? noMailing(connection.id);
  const month = letterMonth(world.today);
  const letters = billLetters(reader, world, month).sort((a, b) =>
    a.customerName < b.customerName ? -1 : 1,
  );
  const shown = pageOf(letters, page, pageSize);
  const rows: LetterRow[] = [];
  for (const letter of shown.rows) {
    const { customerId, customerName, changes } = letter;
    const { subject, text } = await post.compose(tenantId, connection, { kind: 'bill', letter });
    const sent = reader.get('customerLetter', letterId(connection.id, customerId, month));
    rows.push({
      customerId,
      customerName,
      to: addressOf(world, customerId),
      state: customerMappingOf(reader, connection.id, customerId).letters.state,
      changes: changes.length,
      preview: { subject, text },
      letter:
        sent === null
          ? null
          : {
              month: sent.month,
              to: sent.to,
              state: sent.state,
              at: sent.answeredAt ?? sent.at,
              failure: sent.failure === null ? null : errorView(sent.failure, requestId),
            },
    });
  }
  return {
    ...shown,
    rows,
    counts: {},
    configured: post.mailer !== null,
    day: mailing.customerDay,
    month,
    replyTo: mailing.to[0] ?? null,
  };
}
