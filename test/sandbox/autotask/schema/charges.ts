import { chargeRules } from '../rules/charge.ts';
import { entity } from './entity.ts';
import { CHARGE_STATUSES, CHARGE_TYPES } from './picklists.ts';

/** One-off amounts on a contract, changeable until they are billed (help: ContractCharges). */
export const CONTRACT_CHARGES = entity({
  name: 'ContractCharges',
  model: 'ContractCharge',
  can: 'CUQD',
  parent: { entity: 'Contracts', path: 'Charges', field: 'contractID' },
  required: ['contractID'],
  readOnly: [
    'billableAmount',
    'extendedCost',
    'internalCurrencyBillableAmount',
    'internalCurrencyUnitPrice',
    'isBilled',
    'createDate',
    'creatorResourceID',
    'status',
    'statusLastModifiedBy',
    'statusLastModifiedDate',
  ],
  dates: ['datePurchased'],
  costs: ['unitCost', 'extendedCost'],
  references: {
    contractID: 'Contract',
    productID: 'Product',
    billingCodeID: 'BillingCode',
    contractServiceID: 'ContractService',
    contractServiceBundleID: 'ContractServiceBundle',
  },
  picklists: { chargeType: CHARGE_TYPES, status: CHARGE_STATUSES },
  rules: chargeRules,
});
