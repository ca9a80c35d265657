import type { Value } from '../row.ts';
import { MATERIAL_CODE } from '../schema/picklists.ts';
import { codeErrors } from './billing-code.ts';
import type { Rules } from './work.ts';

const MONTHLY = 2;
const STANDARD = 1;
const MATERIAL = {
  field: 'productBillingCodeID',
  useType: MATERIAL_CODE,
  words: 'Material Cost Code',
};

/** Products (help: Products, conditions and requirements). */
export const productRules: Rules = {
  create: ({ world, impersonatorId }, { values }) => {
    values.doesNotRequireProcurement ??= false;
    values.impersonatorCreatorResourceID = impersonatorId ?? null;
    return [
      ...codeErrors(world, { ...MATERIAL, id: values.productBillingCodeID }),
      ...periodErrors(values),
    ];
  },
  change: ({ world }, { row, values, changed }) => [
    // "System products cannot be updated".
    ...(row.values.isSystem === true ? ['A system product cannot be changed.'] : []),
    ...codeErrors(world, { ...MATERIAL, id: changed.productBillingCodeID }),
    ...periodErrors(values),
  ],
};

/** "periodType must be monthly where the billingType is not Standard". */
function periodErrors({ billingType, periodType }: Record<string, Value>): string[] {
  const isStandard = billingType === undefined || billingType === null || billingType === STANDARD;
  return isStandard || periodType === MONTHLY
    ? []
    : ['The periodType must be Monthly for this billingType.'];
}
