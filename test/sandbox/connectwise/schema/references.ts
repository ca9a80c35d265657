/** The record that a reference of the description speaks of; the others have no record in this tenant. */
const RECORDS: Record<string, string> = {
  AgreementReference: 'Agreement',
  AgreementTypeReference: 'AgreementType',
  BillingCycleReference: 'BillingCycle',
  BillingStatusReference: 'BillingStatus',
  BillingTermsReference: 'BillingTerm',
  BillingUnitReference: 'Department',
  BoardReference: 'Board',
  CompanyReference: 'Company',
  CompanyStatusReference: 'CompanyStatus',
  CompanyTypeReference: 'CompanyType',
  ContactReference: 'Contact',
  CurrencyReference: 'FinanceCurrency',
  InvoiceGroupingReference: 'InvoiceGrouping',
  InvoiceReference: 'Invoice',
  IvItemReference: 'CatalogItem',
  ManufacturerReference: 'Manufacturer',
  MemberReference: 'Member',
  OpportunityReference: 'Opportunity',
  OpportunityStatusReference: 'OpportunityStatus',
  PriorityReference: 'Priority',
  ProductCategoryReference: 'Category',
  ProductSubCategoryReference: 'SubCategory',
  ProductTypeReference: 'ProductType',
  ServiceStatusReference: 'BoardStatus',
  ServiceTypeReference: 'BoardType',
  ServiceSubTypeReference: 'BoardSubType',
  SiteReference: 'CompanySite',
  SystemDepartmentReference: 'Department',
  SystemLocationReference: 'Location',
  TaxCodeReference: 'TaxCode',
  TicketReference: 'Ticket',
  UnitOfMeasureReference: 'UnitOfMeasure',
};

export const recordOfReference = (reference: string): string | undefined => RECORDS[reference];

export const referencesOfRecord = (record: string): string[] =>
  Object.keys(RECORDS).filter((reference) => RECORDS[reference] === record);
