import type { DocumentState } from '../domain/document.ts';
import { isOpen } from '../domain/document.ts';
import type { Plan } from '../domain/plan.ts';
import type { DocumentWrite } from '../domain/ports.ts';
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
    lines: plan.lines.map(({ content, marker }) => ({ change: 'add', content, marker })),
    state: plan.target.kind === 'new' ? stateOf(plan.postAs) : null,
    send: false,
    allocate: null,
  };
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
