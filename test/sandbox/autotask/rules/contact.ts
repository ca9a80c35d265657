import { momentValue } from '../row.ts';
import type { Rules } from './work.ts';

/** Contacts (help: Contacts, conditions and requirements). */
export const contactRules: Rules = {
  create: (work, { values }) => {
    values.createDate = momentValue(work.world.nowMs());
    values.lastModifiedDate = values.createDate;
    values.impersonatorCreatorResourceID = work.impersonatorId ?? null;
    return [];
  },
  change: (work, { values }) => {
    values.lastModifiedDate = momentValue(work.world.nowMs());
    return [];
  },
};
