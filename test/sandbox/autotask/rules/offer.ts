import { momentValue } from '../row.ts';
import { RECURRING_CODE } from '../schema/picklists.ts';
import { codeErrors } from './billing-code.ts';
import type { Rules } from './work.ts';

const RECURRING = {
  field: 'billingCodeID',
  useType: RECURRING_CODE,
  words: 'Recurring Contract Service billing code',
};

/** "billingCodeID must reference an active billing code of type Recurring Contract Service" (help: Services). */
export const offerRules: Rules = {
  create: (work, { values }) => {
    values.isActive ??= true;
    values.createDate = momentValue(work.world.nowMs());
    values.creatorResourceID = work.resourceId;
    values.lastModifiedDate = values.createDate;
    return codeErrors(work.world, { ...RECURRING, id: values.billingCodeID });
  },
  change: (work, { values, changed }) => {
    values.lastModifiedDate = momentValue(work.world.nowMs());
    values.updateResourceID = work.resourceId;
    return codeErrors(work.world, { ...RECURRING, id: changed.billingCodeID });
  },
};
