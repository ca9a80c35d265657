import { BUNDLES, SERVICES } from '../billing/line-kind.ts';
import { adjustmentRules } from '../rules/adjustment.ts';
import { contractRules } from '../rules/contract.ts';
import { contractLineRules } from '../rules/contract-line.ts';
import { unitRules } from '../rules/unit.ts';
import { entity, type Parent } from './entity.ts';
import { CONTRACT_PERIODS, CONTRACT_STATUSES, CONTRACT_TYPES, YES_NO } from './picklists.ts';

const below = (path: string): Parent => ({ entity: 'Contracts', path, field: 'contractID' });

/** "Contracts cannot be deleted" (help: Contracts); company, type and billing period are fixed once made. */
export const CONTRACTS = entity({
  name: 'Contracts',
  model: 'Contract',
  can: 'CUQ',
  fixed: ['companyID', 'contractType', 'contractPeriodType'],
  readOnly: ['internalCurrencySetupFee', 'internalCurrencyOverageBillingRate'],
  dates: ['startDate', 'endDate'],
  references: {
    companyID: 'Company',
    billToCompanyID: 'Company',
    contactID: 'Contact',
    billToCompanyContactID: 'Contact',
    setupFeeBillingCodeID: 'BillingCode',
    opportunityID: 'Opportunity',
  },
  picklists: {
    contractType: CONTRACT_TYPES,
    contractPeriodType: CONTRACT_PERIODS,
    status: CONTRACT_STATUSES,
    timeReportingRequiresStartAndStopTimes: YES_NO,
    contractCategory: [
      { value: 11, label: 'Managed services' },
      { value: 12, label: 'Cloud subscriptions' },
    ],
    billingPreference: [
      { value: 1, label: 'Immediately Without Review' },
      { value: 2, label: 'Manually' },
      { value: 3, label: 'On Timesheet Approval' },
    ],
  },
  udfs: ['Marketplace subscription'],
  rules: contractRules,
});

/** "On Update(), all fields are Read-Only except for adjustedPrice and invoiceDescription" (help: ContractServices). */
export const CONTRACT_SERVICES = entity({
  name: 'ContractServices',
  model: 'ContractService',
  can: 'CUQ',
  parent: below('Services'),
  required: ['contractID', 'serviceID'],
  readOnly: ['internalCurrencyAdjustedPrice', 'internalCurrencyUnitPrice', 'unitPrice'],
  writeOnly: ['adjustedPrice'],
  costs: ['unitCost'],
  references: { contractID: 'Contract', serviceID: 'Service' },
  rules: contractLineRules(SERVICES),
});

export const CONTRACT_SERVICE_BUNDLES = entity({
  name: 'ContractServiceBundles',
  model: 'ContractServiceBundle',
  can: 'CUQ',
  parent: below('ServiceBundles'),
  required: ['contractID', 'serviceBundleID'],
  readOnly: ['internalCurrencyAdjustedPrice', 'internalCurrencyUnitPrice', 'unitPrice'],
  writeOnly: ['adjustedPrice'],
  references: { contractID: 'Contract', serviceBundleID: 'ServiceBundle' },
  rules: contractLineRules(BUNDLES),
});

/** "It can only be created; it CANNOT be queried or updated" (help: ContractServiceAdjustments); at root too. */
export const CONTRACT_SERVICE_ADJUSTMENTS = entity({
  name: 'ContractServiceAdjustments',
  model: 'ContractServiceAdjustment',
  can: 'C',
  parent: below('ServiceAdjustments'),
  isCreatedAtRoot: true,
  required: ['effectiveDate'],
  dates: ['effectiveDate'],
  costs: ['adjustedUnitCost'],
  references: {
    contractID: 'Contract',
    serviceID: 'Service',
    contractServiceID: 'ContractService',
  },
  rules: adjustmentRules(SERVICES),
});

export const CONTRACT_SERVICE_BUNDLE_ADJUSTMENTS = entity({
  name: 'ContractServiceBundleAdjustments',
  model: 'ContractServiceBundleAdjustment',
  can: 'C',
  parent: below('ServiceBundleAdjustments'),
  isCreatedAtRoot: true,
  required: ['effectiveDate'],
  dates: ['effectiveDate'],
  references: {
    contractID: 'Contract',
    serviceBundleID: 'ServiceBundle',
    contractServiceBundleID: 'ContractServiceBundle',
  },
  rules: adjustmentRules(BUNDLES),
});

export const CONTRACT_SERVICE_UNITS = entity({
  name: 'ContractServiceUnits',
  model: 'ContractServiceUnit',
  can: 'Q',
  parent: below('ServiceUnits'),
  dates: ['startDate', 'endDate'],
  costs: ['cost'],
  references: {
    contractID: 'Contract',
    serviceID: 'Service',
    contractServiceID: 'ContractService',
  },
  rules: unitRules(SERVICES),
});

export const CONTRACT_SERVICE_BUNDLE_UNITS = entity({
  name: 'ContractServiceBundleUnits',
  model: 'ContractServiceBundleUnit',
  can: 'Q',
  parent: below('ServiceBundleUnits'),
  dates: ['startDate', 'endDate'],
  costs: ['cost'],
  references: {
    contractID: 'Contract',
    serviceBundleID: 'ServiceBundle',
    contractServiceBundleID: 'ContractServiceBundle',
  },
  rules: unitRules(BUNDLES),
});
