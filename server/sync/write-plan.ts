import { later } from '../domain/dates.ts';
import { isZero } from '../domain/decimal.ts';
import type { DocumentState } from '../domain/document.ts';
import { isOpen, isStanding } from '../domain/document.ts';
import type { Plan, PlanLine } from '../domain/plan.ts';
import type { DocumentWrite, LineChange } from '../domain/ports/write.ts';
import type { PlanWorld } from './plan/world.ts';

/** A plan as the write that makes it true. Lines that are there already are not named, so they stay. */
export function writeOf(world: PlanWorld, plan: Plan): DocumentWrite {
  const before =
    plan.target.kind === 'existing'
      ? (world.snapshot(plan.target.documentId)?.document ?? null)
      : null;
  return {
    ref: plan.ref,
    documentKind: plan.documentKind,
    open: plan.target.kind === 'new' ? { ...plan.target.header, marker: plan.target.marker } : null,
    before,
    lines: changesOf(plan),
    ...(plan.leaves === undefined ? {} : { leaves: plan.leaves }),
    state:
      plan.target.kind === 'new' && !isStanding(plan.documentKind) ? stateOf(plan.postAs) : null,
    send: false,
    allocate: null,
  };
}

/** One-off lines as they are; the steps of an open line together, in the order of their days. */
export function changesOf(plan: Plan): LineChange[] {
  const added: LineChange[] = [];
  const open = new Map<string, Extract<LineChange, { change: 'stand' }>>();
  const step = (
    at: Pick<PlanLine, 'marker' | 'content'> & NonNullable<PlanLine['stands']>,
  ): void => {
    const { marker, content, lineId, before, from, until } = at;
    const known = open.get(marker);
    const next = { from, quantity: content.quantity, unitPrice: content.unitPrice };
    // One day takes one step: the later order of a day is the one that counts. After an end nothing begins.
    const steps = [
      ...(known?.steps ?? []).filter(
        (one) => one.from < from || (one.from > from && !isZero(content.quantity)),
      ),
      next,
    ].sort((a, b) => (a.from < b.from ? -1 : 1));
    open.set(marker, { change: 'stand', marker, content, lineId, before, steps });
    if (until !== undefined)
      step({
        marker,
        content: { ...content, quantity: '0' },
        lineId,
        before,
        from: later(from, until),
      });
  };
  for (const { marker, content, day, stands, sets } of plan.lines) {
    if (stands !== undefined) step({ marker, content, ...stands });
    else
      added.push({
        change: 'add',
        content,
        marker,
        ...(day === undefined ? {} : { date: day }),
      });
    if (sets !== undefined) step(sets);
  }
  return [...added, ...open.values()];
}

/** The state a new document is created in; e-mailing it is a write of its own. */
export function stateOf(postAs: Plan['postAs']): Exclude<DocumentState, 'paid'> {
  return postAs === 'sent' ? 'approved' : postAs;
}

/** Whether the plan still fits the document it wants to change. */
export function canBeWritten(world: PlanWorld, plan: Plan): boolean {
  if (plan.needs.length > 0 || plan.ref.startsWith('blocked:')) return false;
  if (plan.target.kind === 'new') return true;
  const document = world.snapshot(plan.target.documentId)?.document;
  return document !== undefined && isOpen(document.state) && document.locked === null;
}
