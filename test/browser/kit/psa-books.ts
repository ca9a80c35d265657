import * as v from 'valibot';
import type { Books } from '../../bookkeeper/books.ts';
import { auditStanding, type StandingAudit } from '../../bookkeeper/standing/audit.ts';
import type { HeldBook } from '../../bookkeeper/standing/held.ts';
import { heldInConnectWise } from '../../kit/agreement-books.ts';
import { byService, heldInAutotask } from '../../kit/contract-books.ts';
import { openClient } from './app-client.ts';
import { booksOf, nextOrderForAll } from './books.ts';
import { firstDay } from './set-up.ts';
import { today } from './today.ts';
import type { ProcessWorld } from './world.ts';

/** The bookkeeper's judgement of what the app put on agreements or contracts in a world of its own process. */
export async function auditOfPsa(
  world: ProcessWorld,
  systemId: 'connectwise' | 'autotask',
): Promise<StandingAudit & { held: HeldBook }> {
  const books: Books = await booksOf(await openClient(world, systemId), {
    today: await today(world),
    billFrom: await firstDay(world),
    organisation: '',
    openings: await nextOrderForAll(world),
  });
  const journal = await world.journal(systemId);
  const { url, client, users } = world.system(systemId);
  const door = { url, clientId: client.clientId, fetch };
  const held =
    systemId === 'connectwise'
      ? await heldInConnectWise({ ...door, user: v.parse(memberSchema, users)[0] }, journal)
      : await heldInAutotask({ ...door, user: v.parse(userSchema, users)[0] }, journal);
  const marketplace = await world.journal('marketplace');
  return { held, ...auditStanding({ marketplace, held, books: byService(books) }) };
}

const memberSchema = v.tupleWithRest(
  [v.object({ companyId: v.string(), publicKey: v.string(), privateKey: v.string() })],
  v.unknown(),
);
const userSchema = v.tupleWithRest(
  [v.object({ userName: v.string(), secret: v.string() })],
  v.unknown(),
);
