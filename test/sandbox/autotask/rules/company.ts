import { momentValue, wholeOf } from '../row.ts';
import { CUSTOMER } from '../schema/picklists.ts';
import { apiUserErrors } from './owner.ts';
import type { Rules, Work } from './work.ts';

/** Companies (help: Companies, conditions and requirements). */
export const companyRules: Rules = {
  create: (work, { values }) => {
    values.isActive ??= true;
    values.companyType ??= CUSTOMER;
    values.billToAddressToUse ??= 1;
    values.isTaxExempt ??= false;
    values.currencyID ??= internalCurrencyId(work);
    values.createDate = momentValue(work.world.nowMs());
    values.createdByResourceID = work.resourceId;
    values.impersonatorCreatorResourceID = work.impersonatorId ?? null;
    values.lastTrackedModifiedDateTime = values.createDate;
    return apiUserErrors(work, 'ownerResourceID', values.ownerResourceID);
  },
  change: (work, { row, changed, values }) => {
    values.lastTrackedModifiedDateTime = momentValue(work.world.nowMs());
    const errors: string[] = [];
    // The tenant's own company always stays in use.
    if (row.id === 0 && changed.isActive === false)
      errors.push('The local company cannot be inactivated.');
    return [...errors, ...apiUserErrors(work, 'ownerResourceID', changed.ownerResourceID)];
  },
};

function internalCurrencyId({ world }: Work): number | null {
  const internal = world.tables
    .all('Currencies')
    .find((row) => row.values.isInternalCurrency === true);
  return internal ? (wholeOf(internal, 'id') ?? null) : null;
}
