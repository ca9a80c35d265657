import { instant } from '../../domain/dates.ts';
import type { Document } from '../../domain/document.ts';
import { ownKey } from '../../domain/ids.ts';
import { canonical } from '../../domain/json.ts';
import type { Link } from '../../domain/link.ts';
import type { Remap } from '../../domain/mapping.ts';
import type { Plan } from '../../domain/plan.ts';
import type { Reader, Transaction } from '../../domain/ports/store.ts';
import { newTask } from '../check/tasks.ts';
import { planTasks } from '../plan/plan.ts';
import { orderOf } from '../plan/stored-orders.ts';
import type { PlanWorld } from '../plan/world.ts';
import type { Confirmed } from '../run.ts';
import { added } from '../settle.ts';
import type { WhyNot } from '../undo/answer.ts';
import { type TakeBack, takeBacks } from '../undo/take-back.ts';
import { beingTakenBack, partsOf } from '../undo/undo-run.ts';
import { trialOn } from '../what-if/trial.ts';
import { canBeWritten } from '../write-plan.ts';
import { applyRemap, linesToMove } from './remap.ts';

/** What correcting a mapping since a day does: what is taken back, and where it is written anew. */
export interface Correction {
  takes: TakeBack[];
  plans: Plan[];
  /** Lines that stay where they are, each with why. */
  kept: TakeBack[];
  /** The world in which the lines are planned anew: mapped as corrected, and what is taken back gone. */
  after: PlanWorld;
  /** Names all of it; confirmed is this and nothing else. */
  seen: string;
}

interface Foreseeing {
  reader: Reader;
  /** The world of a reader, as every plan sees it. */
  worldIn(reader: Reader): PlanWorld;
  remap: Remap;
}

/**
 * Plans both halves before anything is written, in a transaction that is never committed. A line is
 * only taken back where it can be written anew: what would ask first stays as it is and is named.
 */
export function foreseeCorrection({ reader, worldIn, remap }: Foreseeing): Correction {
  const before = worldIn(reader);
  const busy = beingTakenBack(reader);
  let chosen = linesToMove(reader, before, remap).filter(({ id }) => !busy.has(id));
  const stay = (links: readonly Link[], why: WhyNot): TakeBack[] =>
    takeBacks(before, links).map((one) => ({ ...one, how: { can: false, why } }));
  if (before.manifest.kind === 'standing') {
    const seen = seenOfAll(before, remap, [], []);
    return { takes: [], plans: [], kept: stay(chosen, 'standing'), after: before, seen };
  }
  const asking: Link[] = [];
  // Every round leaves out what could not be billed again, so there are no more rounds than lines.
  for (let rounds = chosen.length; rounds >= 0; rounds -= 1) {
    const found = takeBacks(before, chosen);
    const takes = found.filter(({ how }) => how.can);
    const freed = takes.flatMap(({ links }) => links);
    const trial = trialOn(reader);
    applyRemap(
      { tx: trial, connectionId: before.connection.id, by: { kind: 'app' }, at: instant(0) },
      remap,
    );
    for (const one of takes) asTakenBack(trial, before, one);
    const after = billingAgain(worldIn(trial), trial, freed);
    const plans = plansAgain(after, freed);
    const covered = new Set(plans.flatMap(({ lines }) => lines.map(({ chargeKey }) => chargeKey)));
    const left = freed.filter(({ chargeKey }) => !covered.has(chargeKey));
    if (left.length > 0) {
      asking.push(...left);
      chosen = chosen.filter((link) => !left.includes(link));
      continue;
    }
    const kept = [...found.filter(({ how }) => !how.can), ...stay(asking, 'asks')];
    return { takes, plans, kept, after, seen: seenOfAll(before, remap, takes, plans) };
  }
  throw new RangeError('a correction that never settles');
}

/** The parts of the run: first what is taken back, then what is written anew. */
export const correctionParts = ({ takes, plans, after }: Correction): Confirmed[] => [
  ...partsOf(takes),
  ...plans.map((plan) => ({
    ref: plan.ref,
    seen: contentOf(after, plan),
    customerId: plan.customerId,
    taskIds: plan.taskIds,
    amount: added(plan),
  })),
];

/** A world that knows only the orders whose lines are written anew. */
export function billingAgain(
  world: PlanWorld,
  reader: Reader,
  links: readonly Pick<Link, 'orderId'>[],
): PlanWorld {
  const { crypto, connection } = world;
  const tasks = [...new Set(links.map(({ orderId }) => orderId))]
    .flatMap((orderId) => orderOf(reader, orderId) ?? [])
    .map((order) => newTask({ crypto, connectionId: connection.id, order, at: instant(0) }))
    .sort((a, b) => (`${a.placedOn} ${a.orderNumber}` < `${b.placedOn} ${b.orderNumber}` ? -1 : 1));
  return { ...world, tasks: () => tasks };
}

/** The documents that take the charges anew, of those that can be written. */
export function plansAgain(world: PlanWorld, links: readonly Pick<Link, 'chargeKey'>[]): Plan[] {
  const meant = new Set<string>(links.map(({ chargeKey }) => chargeKey));
  return planTasks(world, world.tasks(), (chargeKey) => meant.has(chargeKey)).plans.filter((plan) =>
    canBeWritten(world, plan),
  );
}

/**
 * What was seen of a plan, without the state of the document it joins: the run itself changes that
 * before, when it takes lines back from it. Lines and place are compared in full.
 */
export const contentOf = (
  { crypto }: Pick<PlanWorld, 'crypto'>,
  { before: _before, after: _after, fingerprint: _fingerprint, target, ...plan }: Plan,
): string =>
  crypto.hash(
    canonical({
      ...plan,
      target: target.kind === 'new' ? target : { ...target, seen: '' },
    }),
  );

/** The document and the lines as they will be after one answer of the system. */
function asTakenBack(tx: Transaction, { connection }: PlanWorld, one: TakeBack): void {
  for (const link of one.links) tx.put('link', { ...link, state: 'freed' });
  const id = ownKey(connection.id, one.documentId);
  const snapshot = tx.get('snapshot', id);
  if (snapshot === null || !one.how.can) return;
  const document = documentAfter(snapshot.document, one);
  tx.put('snapshot', { ...snapshot, document });
}

function documentAfter(document: Document, { how, links }: TakeBack): Document {
  if (!how.can) return document;
  switch (how.how) {
    case 'delete':
      return { ...document, state: 'deleted' };
    case 'void':
      return { ...document, state: 'voided' };
    case 'remove-lines': {
      const gone = new Set(links.map(({ marker }) => marker));
      const lines = document.lines.filter(({ marker }) => marker === null || !gone.has(marker));
      return { ...document, lines };
    }
    case 'credit-note':
    case 'invoice':
    // Lines that stay open are never corrected since a day.
    case 'standing-lines':
      return document;
    default:
      return how.how satisfies never;
  }
}

const seenOfAll = (
  world: PlanWorld,
  remap: Remap,
  takes: readonly TakeBack[],
  plans: readonly Plan[],
): string =>
  world.crypto.hash(
    canonical([
      remap,
      takes.map(({ documentId, snapshot, how, links }) => [
        documentId,
        snapshot?.hash ?? null,
        how.can ? how.how : how.why,
        links.map(({ id }) => id),
      ]),
      plans.map((plan) => [
        contentOf(world, plan),
        plan.target.kind === 'new' ? '' : plan.target.seen,
      ]),
    ]),
  );
