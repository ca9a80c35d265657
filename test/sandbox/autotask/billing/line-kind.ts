/**
 * "The ContractService and ContractServiceBundle entities perform the same function" (help: About recurring service contract
 * entity relationships): one set of rules, with the names of each.
 */
export interface LineKind {
  /** What is on the contract. */
  lines: string;
  lineModel: string;
  adjustments: string;
  units: string;
  /** What may be put on a contract. */
  offers: string;
  offerField: string;
  lineField: string;
  repeatField: string;
  /** "Adjustments of bundles affect only the quantity and not the price" (help: ContractServiceBundleAdjustments). */
  adjustsPrice: boolean;
}

export const SERVICES: LineKind = {
  lines: 'ContractServices',
  lineModel: 'ContractService',
  adjustments: 'ContractServiceAdjustments',
  units: 'ContractServiceUnits',
  offers: 'Services',
  offerField: 'serviceID',
  lineField: 'contractServiceID',
  repeatField: 'allowRepeatService',
  adjustsPrice: true,
};

export const BUNDLES: LineKind = {
  lines: 'ContractServiceBundles',
  lineModel: 'ContractServiceBundle',
  adjustments: 'ContractServiceBundleAdjustments',
  units: 'ContractServiceBundleUnits',
  offers: 'ServiceBundles',
  offerField: 'serviceBundleID',
  lineField: 'contractServiceBundleID',
  repeatField: 'allowRepeatServiceBundle',
  adjustsPrice: false,
};

export const LINE_KINDS: readonly LineKind[] = [SERVICES, BUNDLES];
