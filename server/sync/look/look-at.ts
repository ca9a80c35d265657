import { canonical } from '../../domain/json.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { PlanWorld } from '../plan/world.ts';
import { billedLines } from './billed-lines.ts';
import { findingsOf } from './findings.ts';
import { type FoundAnswer, givenAnswers } from './given-answers.ts';
import { type Held, heldProducts } from './held-products.ts';
import type { Finding } from './looked.ts';
import { lookedAt } from './looked-at.ts';
import { pastDocuments } from './past-documents.ts';
import { lookFrom } from './read-look.ts';
import { soldProducts } from './sold.ts';

/** A finding with whom it is about, what a person sees of it, and what they said to it. */
export interface Found extends Finding {
  customerId: string;
  /** Names the figures: an answer holds only as long as they stand. */
  seen: string;
  answer: FoundAnswer | null;
}
export interface Looked {
  found: Found[];
  notCompared: Held['notCompared'];
}

/** Everything the look finds, from what is stored alone: no call, no write, the same each time. */
export function lookAt(reader: Reader, world: PlanWorld): Looked {
  const { connection, today, crypto } = world;
  const from = reader.get('look', connection.id)?.from ?? lookFrom(today);
  const customerOf = customersByCompany(reader, world);
  const { products, notCompared } = heldProducts(reader, world);
  const lines = billedLines(pastDocuments(reader, connection.id), from).filter(({ companyId }) =>
    customerOf.has(companyId),
  );
  const answers = givenAnswers(
    reader.list('decision').filter(({ connectionId }) => connectionId === connection.id),
  );
  const findings = findingsOf({
    held: products,
    lines,
    sold: soldProducts(reader, world),
    at: lookedAt(from, today),
  });
  const found = findings.map((finding) => {
    const { kind, reason, here, there, monthly } = finding;
    const seen = crypto.hash(canonical({ kind, reason, here, there, monthly })).slice(0, 32);
    const customerId = finding.held[0]?.customerId ?? customerOf.get(finding.companyId) ?? '';
    return { ...finding, customerId, seen, answer: answers(finding, seen) };
  });
  return { found, notCompared };
}

/** The customers this connection bills, by the company they are matched with. */
export function customersByCompany(
  reader: Reader,
  { connection }: Pick<PlanWorld, 'connection'>,
): ReadonlyMap<string, string> {
  return new Map(
    reader
      .list('customerMapping')
      .flatMap(({ connectionId, customerId, targetId, bills }) =>
        connectionId === connection.id && bills && targetId !== null
          ? [[targetId, customerId]]
          : [],
      ),
  );
}
