import type { PicklistValue } from './entity.ts';

// Picklists differ from tenant to tenant, so a client must read them; these are this tenant's.

/** Recurring Service is 7 everywhere (help: ContractServices, "contract.contractType = 7"). */
export const RECURRING_SERVICE = 7;
export const CONTRACT_TYPES: readonly PicklistValue[] = [
  { value: 1, label: 'Time and Materials' },
  { value: 3, label: 'Fixed Price' },
  { value: 4, label: 'Block Hours' },
  { value: 6, label: 'Retainer' },
  { value: RECURRING_SERVICE, label: 'Recurring Service' },
  { value: 8, label: 'Incident' },
];
/** Contract types that take no charge but their own purchases (help: ContractCharges). */
export const PREPAID_TYPES: readonly number[] = [4, 6, 8];

export const IN_EFFECT = 1;
export const CONTRACT_STATUSES: readonly PicklistValue[] = [
  { value: 0, label: 'Inactive' },
  { value: IN_EFFECT, label: 'In Effect', isDefault: true },
];

export const ONE_TIME = 1;
/** Months of a billing period by its picklist value. */
export const PERIOD_MONTHS: Readonly<Record<number, number>> = { 2: 1, 3: 3, 4: 6, 5: 12 };
const PERIODS: readonly PicklistValue[] = [
  { value: 2, label: 'Monthly', isDefault: true },
  { value: 3, label: 'Quarterly' },
  { value: 4, label: 'Semi-Annual' },
  { value: 5, label: 'Yearly' },
];
export const CONTRACT_PERIODS = PERIODS;
export const SERVICE_PERIODS: readonly PicklistValue[] = [
  { value: ONE_TIME, label: 'One-Time' },
  ...PERIODS,
];

export const CUSTOMER = 1;
export const COMPANY_TYPES: readonly PicklistValue[] = [
  { value: CUSTOMER, label: 'Customer', isDefault: true },
  { value: 2, label: 'Lead' },
  { value: 3, label: 'Prospect' },
  { value: 4, label: 'Dead' },
  { value: 6, label: 'Cancellation' },
  { value: 7, label: 'Vendor' },
  { value: 8, label: 'Partner' },
];

export const CHARGE_TYPES: readonly PicklistValue[] = [
  { value: 1, label: 'Operational', isDefault: true },
  { value: 2, label: 'Capitalized' },
];
export const DELIVERED = 7;
export const CHARGE_STATUSES: readonly PicklistValue[] = [
  { value: 1, label: 'Pending' },
  { value: 2, label: 'Need to Order/Fulfill' },
  { value: DELIVERED, label: 'Delivered/Shipped Full', isDefault: true },
  { value: 8, label: 'Canceled' },
];

/** The six kinds of billing codes (help: BillingCodes, useType). */
export const MATERIAL_CODE = 4;
export const RECURRING_CODE = 5;
export const USE_TYPES: readonly PicklistValue[] = [
  { value: 1, label: 'General Allocation Code' },
  { value: 2, label: 'Internal Allocation Code' },
  { value: 3, label: 'Expense Category' },
  { value: MATERIAL_CODE, label: 'Material Cost Code' },
  { value: RECURRING_CODE, label: 'Recurring Contract Service Code' },
  { value: 6, label: 'Milestone Code' },
];

/** What a billing item is made from (help: BillingItems, billingItemType). */
export const ITEM_TYPES = { charge: 4, service: 9, bundle: 10, setupFee: 11 } as const;
export const BILLING_ITEM_TYPES: readonly PicklistValue[] = [
  { value: ITEM_TYPES.charge, label: 'Contract Charge' },
  { value: ITEM_TYPES.service, label: 'Recurring Contract Service' },
  { value: ITEM_TYPES.bundle, label: 'Recurring Contract Service Bundle' },
  { value: ITEM_TYPES.setupFee, label: 'Contract Setup Fee' },
];

export const YES_NO: readonly PicklistValue[] = [
  { value: 0, label: 'No', isDefault: true },
  { value: 1, label: 'Yes' },
];
