import { catalogRules } from '../rules/catalog.ts';
import { uniqueName } from '../rules/names.ts';
import { ITEM_FIELDS } from './custom.ts';
import { entity } from './entity.ts';
import { setup } from './rights.ts';

export const CATALOG_ITEMS = entity({
  name: 'CatalogItem',
  path: 'procurement/catalog',
  can: 'CRUD',
  right: { name: 'Procurement > Product Catalog' },
  computed: ['calculatedPrice', 'calculatedCost', 'connectWiseID'],
  costs: ['cost', 'recurringCost', 'calculatedCost'],
  customFields: ITEM_FIELDS,
  // "Defaults to Non-Inventory" (description of productClass).
  defaults: {
    productClass: 'NonInventory',
    inactiveFlag: false,
    serializedFlag: false,
    taxableFlag: true,
    recurringFlag: false,
    recurringOneTimeFlag: false,
    dropShipFlag: false,
    specialOrderFlag: false,
    phaseProductFlag: false,
  },
  rules: catalogRules,
});

export const PRODUCT_TYPES = entity({
  name: 'ProductType',
  path: 'procurement/types',
  can: 'CRUD',
  right: setup('Products / Product Type'),
  defaults: { inactiveFlag: false, defaultFlag: false },
  rules: uniqueName,
});

export const CATEGORIES = entity({
  name: 'Category',
  path: 'procurement/categories',
  can: 'CRUD',
  right: setup('Products / Category'),
  defaults: { inactiveFlag: false, defaultFlag: false },
  rules: uniqueName,
});

export const SUBCATEGORIES = entity({
  name: 'SubCategory',
  path: 'procurement/subcategories',
  otherPaths: ['procurement/categories/{parent}/subcategories'],
  can: 'CRUD',
  parent: { record: 'Category', field: 'category' },
  right: setup('Products / Subcategory'),
  defaults: { inactiveFlag: false, defaultFlag: false },
  rules: uniqueName,
});

export const UNITS_OF_MEASURE = entity({
  name: 'UnitOfMeasure',
  path: 'procurement/unitOfMeasures',
  can: 'CRUD',
  right: setup('Products / Unit of Measure'),
  defaults: { inactiveFlag: false, defaultFlag: false },
  rules: uniqueName,
});

export const INVOICE_GROUPINGS = entity({
  name: 'InvoiceGrouping',
  path: 'procurement/invoicegrouping',
  can: 'R',
  right: setup('Products / Invoice Grouping'),
});

export const MANUFACTURERS = entity({
  name: 'Manufacturer',
  path: 'procurement/manufacturers',
  can: 'CR',
  right: setup('Products / Manufacturer'),
  defaults: { inactiveFlag: false },
  rules: uniqueName,
});
