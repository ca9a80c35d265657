import type { Connection } from '../domain/connection.ts';
import type { Plan } from '../domain/plan.ts';
import { mayApprove } from '../domain/two-people.ts';
import type { TakeBack } from '../sync/undo/take-back.ts';
import type { Session } from './route.ts';

/** Whether this person may approve and switch automatic on in a connection. */
export const mayApproveHere = (
  { grants }: Pick<Connection, 'grants'>,
  { role, user }: Pick<Session, 'role' | 'user'>,
): boolean => mayApprove(grants, { role, userId: user.id });

/** A plan that leaves more than a draft behind: what somebody owes changes with it. */
export const isApproving = (plan: Pick<Plan, 'postAs' | 'target'> | undefined): boolean =>
  plan?.target.kind === 'new' && (plan.postAs === 'approved' || plan.postAs === 'sent');

/** Taking back that voids or answers what was approved. */
export const changesTheLedger = ({ how }: TakeBack): boolean =>
  how.can && (how.how === 'void' || (how.step.plan !== null && isApproving(how.step.plan)));
