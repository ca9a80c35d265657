import type { Decision } from '../../domain/decision.ts';
import { canonical } from '../../domain/json.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { PlanWorld } from '../plan/world.ts';
import { billedLines } from './billed-lines.ts';
import { findingsOf } from './findings.ts';
import { type FoundAnswer, givenAnswers } from './given-answers.ts';
import { type Held, heldProducts } from './held-products.ts';
import type { Finding } from './looked.ts';
import { lookedAt } from './looked-at.ts';
import { openLines } from './open-lines.ts';
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
  const documents = pastDocuments(reader, connection.id);
  const itemCode = (itemId: string): string | null => world.item(itemId)?.code ?? null;
  const lines = (
    world.manifest.kind === 'standing'
      ? openLines(documents, { today, itemCode })
      : billedLines(documents, from)
  ).filter(({ companyId }) => customerOf.has(companyId));
  const decisions = reader
    .list('decision')
    .filter(({ connectionId }) => connectionId === connection.id);
  const answers = givenAnswers(decisions);
  const isTaken = takenLines(decisions);
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
    const noLink = finding.noLink ?? (isTaken(finding) ? 'shared-line' : null);
    return { ...finding, noLink, customerId, seen, answer: answers(finding, seen) };
  });
  return { found, notCompared };
}

/** Whether a line that stays open goes on for another subscription already, by a person's answer. */
function takenLines(decisions: readonly Decision[]): (finding: Finding) => boolean {
  const takenBy = new Map(
    decisions.flatMap(({ scope, value }) =>
      scope.kind === 'subscription' && value.kind === 'opening' && value.answer === 'link'
        ? [[`${value.documentId}\n${value.lineId}`, scope.subscriptionId]]
        : [],
    ),
  );
  return ({ held, lines }) =>
    lines.some(({ open, documentId, lineId }) => {
      const owner = takenBy.get(`${documentId}\n${lineId}`);
      return (
        open !== undefined &&
        owner !== undefined &&
        held.some(({ subscriptionId }) => subscriptionId !== owner)
      );
    });
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
