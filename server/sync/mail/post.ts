import type { Connection } from '../../domain/connection.ts';
import { instant } from '../../domain/dates.ts';
import { AppError, failureOf } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import { type Letter, type Mail, type Mailing, noMailing } from '../../domain/mail.ts';
import type { Clock, Logger } from '../../domain/ports/machine.ts';
import type { Mailer } from '../../domain/ports/mailer.ts';
import type { Store } from '../../domain/ports/store.ts';
import { dueMail } from './due.ts';

/** What writing letters needs; without a mailer nothing is sent, and the screens say so. */
export interface PostContext {
  store: Store;
  clock: Clock;
  logger: Logger;
  mailer: Mailer | null;
  /** The words of a letter, with links that open the right screen. */
  compose(
    tenantId: TenantId,
    connection: Connection,
    letter: Letter,
  ): Promise<Pick<Mail, 'subject' | 'text' | 'html'>>;
}

/**
 * Sends what a connection has to write now. It is noted as sent only afterwards: a crash in between
 * sends a letter twice, never none. What cannot be sent is tried again with the next check.
 */
export async function postMail(context: PostContext, tenantId: TenantId): Promise<void> {
  const { store, clock, mailer, logger } = context;
  if (mailer === null) return;
  const reader = await store.read(tenantId);
  for (const connection of reader.list('connection')) {
    const known = reader.get('mailing', connection.id);
    if (known === null || connection.state === 'disconnected') continue;
    const { due, mailing } = dueMail(reader, connection, known, clock.nowMs());
    if (mailing !== known) await keep(context, tenantId, known, mailing);
    for (const { letter, sent } of due) {
      try {
        await send(context, tenantId, connection, known, letter);
        await keep(context, tenantId, known, { ...sent, failure: null });
      } catch (error) {
        const { code, said } = failureOf(error);
        logger.warn('mail not sent', { tenantId, code });
        const failure = { at: instant(clock.nowMs()), code, said };
        await keep(context, tenantId, known, { ...mailing, failure });
        break;
      }
    }
  }
}

/** A letter for somebody who asked for it now. Throws `mail.*`. */
export async function postNow(
  context: PostContext,
  tenantId: TenantId,
  connection: Connection,
  letter: Letter,
): Promise<void> {
  const mailing =
    (await context.store.read(tenantId)).get('mailing', connection.id) ?? noMailing(connection.id);
  await send(context, tenantId, connection, mailing, letter);
}

async function send(
  context: PostContext,
  tenantId: TenantId,
  connection: Connection,
  { to }: Mailing,
  letter: Letter,
): Promise<void> {
  if (context.mailer === null) throw new AppError('mail.not-configured');
  if (to.length === 0) throw new AppError('mail.no-recipient');
  await context.mailer.send({ to, ...(await context.compose(tenantId, connection, letter)) });
}

/** What the person set meanwhile stays as they set it. */
const keep = (
  { store }: PostContext,
  tenantId: TenantId,
  { id }: Mailing,
  { digestSent, told, failure }: Mailing,
): Promise<void> =>
  store.transact(tenantId, (tx) => {
    const now = tx.get('mailing', id);
    if (now !== null) tx.put('mailing', { ...now, digestSent, told, failure });
  });
